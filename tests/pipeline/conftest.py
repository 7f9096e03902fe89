from tests.pipeline.support.tiny import tiny, tiny_trained  # noqa: F401 - fixtures
