import gzip
import io
import tarfile

import pytest

from models.bundles.archive import pack, unpack
from models.bundles.load import load_bundle
from models.bundles.manifests import bundle_names, read_manifest
from models.errors import ModelError
from tests.models.homes import PROTOCOL_1, copy_of_protocol_1
from tests.models.pickles import bomb

NAME = bundle_names(PROTOCOL_1)[0]
MANIFEST = read_manifest(PROTOCOL_1, NAME)
FILES = sorted(MANIFEST.files)


@pytest.fixture
def archive(tmp_path):
    path = tmp_path / "bundle.tar.gz"
    path.write_bytes(pack(PROTOCOL_1, MANIFEST))
    return path


def members(archive):
    with tarfile.open(archive) as tar:
        return {info.name: tar.extractfile(info).read() for info in tar}


def write(archive, contents, **changes):
    """Write members, some of them as something other than a regular file."""
    with tarfile.open(archive, "w:gz", format=changes.pop("format", tarfile.USTAR_FORMAT)) as tar:
        for name, content in contents.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            for field, value in changes.get(name, {}).items():
                setattr(info, field, value)
            tar.addfile(info, io.BytesIO(content))


def test_an_archive_holds_the_bundle_and_any_tar_can_read_it(archive, tmp_path):
    unpack(archive, tmp_path / "there")
    assert load_bundle(tmp_path / "there", NAME).heads.keys() == MANIFEST.categories.keys()
    assert list(members(archive)) == ["manifest.json", *FILES]


def test_the_same_bundle_gives_the_same_bytes(archive, tmp_path):
    assert pack(copy_of_protocol_1(tmp_path), MANIFEST) == archive.read_bytes()


def test_a_damaged_bundle_is_not_packed(tmp_path):
    home = copy_of_protocol_1(tmp_path)
    (home / FILES[0]).write_bytes(b"{}")
    with pytest.raises(ModelError, match=r"head\.json is damaged"):
        pack(home, MANIFEST)


def test_an_archive_that_another_tar_wrote_is_read_as_well(archive, tmp_path):
    write(archive, members(archive), format=tarfile.GNU_FORMAT)
    assert unpack(archive, tmp_path / "there").id == NAME


@pytest.mark.parametrize("length", [0, 5, 100, -1, -3000])
def test_a_truncated_archive_is_refused(length, archive, tmp_path):
    archive.write_bytes(archive.read_bytes()[:length])
    with pytest.raises(ModelError, match=r"is no archive of a bundle, or it is damaged .*; ask for the archive again"):
        unpack(archive, tmp_path / "there")


def test_any_changed_byte_is_noticed(archive, tmp_path):
    content = archive.read_bytes()
    for place in range(10, len(content), max(len(content) // 60, 1)):
        damaged = bytearray(content)
        damaged[place] ^= 0xFF
        archive.write_bytes(damaged)
        with pytest.raises(ModelError) as caught:
            unpack(archive, tmp_path / f"at {place}")
        assert "\n" not in str(caught.value)


ELSEWHERE = [
    "../outside",
    "/tmp/outside",
    "heads/../../outside",
    "heads/0/head.json",
    "bundles/current",
    "manifest.json",
]


@pytest.mark.parametrize("name", ELSEWHERE)
def test_a_file_that_the_manifest_does_not_list_is_refused_wherever_it_points(name, archive, tmp_path):
    contents = members(archive)
    with tarfile.open(archive, "w:gz", format=tarfile.USTAR_FORMAT) as tar:
        for member, content in [*contents.items(), (name, b"x")]:
            info = tarfile.TarInfo(member)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    with pytest.raises(ModelError, match="which its manifest does not list"):
        unpack(archive, tmp_path / "a" / "there")
    assert not list(tmp_path.rglob("outside"))


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE])
def test_a_link_a_folder_or_a_device_is_refused(kind, archive, tmp_path):
    write(archive, members(archive) | {FILES[0]: b""}, **{FILES[0]: {"type": kind, "linkname": "/etc/passwd"}})
    with pytest.raises(ModelError, match=r"head\.json', which is no regular file"):
        unpack(archive, tmp_path / "there")


def test_a_file_twice_or_missing_is_refused(archive, tmp_path):
    contents = members(archive)
    last = contents.pop(FILES[-1])
    write(archive, contents)
    with pytest.raises(ModelError, match=f"{FILES[-1]} is missing"):
        unpack(archive, tmp_path / "one")
    write(archive, contents | {FILES[-1]: last + b"x"})
    with pytest.raises(ModelError, match=rf"{FILES[-1]} is damaged \(SHA-256 differs\)"):
        unpack(archive, tmp_path / "two")


def test_headers_that_ask_for_gigabytes_are_refused_before_anything_is_read(archive, tmp_path):
    for name in ("manifest.json", FILES[0]):
        info = tarfile.TarInfo(name)
        info.size = 4 << 30
        manifest = tarfile.TarInfo("manifest.json")
        manifest.size = len(members(archive)["manifest.json"])
        first = manifest.tobuf(tarfile.USTAR_FORMAT) + members(archive)["manifest.json"]
        first += bytes(-len(first) % tarfile.BLOCKSIZE)
        bad = tmp_path / "bad.tar.gz"
        bad.write_bytes(gzip.compress((b"" if name == "manifest.json" else first) + info.tobuf(tarfile.USTAR_FORMAT)))
        with pytest.raises(ModelError, match=r"does not begin with manifest\.json|unpacks to more than 2 GiB"):
            unpack(bad, tmp_path / name.replace("/", "_"))


@pytest.mark.parametrize("protocol", [0, 4])
def test_a_pickle_as_the_archive_or_as_any_file_in_it_is_never_run(protocol, archive, tmp_path):
    marker = tmp_path / "marker"
    contents, whole = members(archive), tmp_path / "whole.tar.gz"
    pickled = bomb(marker, protocol)
    for content in (pickled, gzip.compress(pickled)):
        whole.write_bytes(content)
        with pytest.raises(ModelError, match="no archive of a bundle"):
            unpack(whole, tmp_path / "there")
    for place, name in enumerate(contents):
        write(whole, contents | {name: pickled})
        with pytest.raises(ModelError, match="is damaged"):
            unpack(whole, tmp_path / f"there {place}")
    assert not marker.exists()
