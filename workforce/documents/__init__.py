"""What leaves the portal as a file: facts of the printed documents about workers, and the upload file."""
