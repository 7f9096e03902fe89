"""Categories: added, renamed, merged, split and removed, with the settings file that names them."""
