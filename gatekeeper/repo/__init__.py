"""Where bytes come from: the work tree through git's index, a plain folder, or memory."""
