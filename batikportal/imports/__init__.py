"""One way in for every spreadsheet: read a file, check it, show what would change, write it in one piece."""
