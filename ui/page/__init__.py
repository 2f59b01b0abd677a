"""What pages are made of: the frame, the address, choices, pictures, cards, tables, files."""
