"""A request in, raw records out: files, folders and standard input, decompressed."""
