"""Claims that state a figure, held against the parts, lists, columns and other documents that show the same measure."""
