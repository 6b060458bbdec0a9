"""Where law comes from: files and packs as values that know their place, what they extend, what their parameters say."""
