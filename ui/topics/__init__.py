"""What one page alone says and draws, a file or a folder each."""
