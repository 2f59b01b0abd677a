"""Small pictures of a file before somebody takes it: drawn from the file itself, so that what is shown is what is made."""
