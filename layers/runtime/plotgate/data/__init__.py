"""Where the data of a plot lives: files, S3 objects, SQL databases."""
