"""What every picture is drawn with: a sheet, the width of words, marks, colours."""
