"""Values as files: CSV, TOML and what else leaves the site."""
