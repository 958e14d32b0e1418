"""Access, headers, errors, language and page cache: what every feature of the web stands on."""
