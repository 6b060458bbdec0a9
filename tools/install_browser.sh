#!/usr/bin/env bash
# The page of a dashboard is tried in Chromium. Debian and Ubuntu have a package of it; elsewhere those tests are skipped and say so.
set -euo pipefail

for name in chromium chromium-browser google-chrome google-chrome-stable; do
    if command -v "$name" >/dev/null; then exit 0; fi
done
as_root=()
if [ "$(id -u)" != 0 ]; then as_root=(sudo -n); fi
install() {
    "${as_root[@]}" apt-get update -qq && "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-liberation
}
if ! install >/dev/null; then
    echo "tools/install_browser.sh: chromium could not be installed, so the tests of the page in a browser will be skipped" >&2
fi
