#!/bin/sh
# Photographs the mails in headless Chromium: both languages, light and dark, at 320, 375 and 600 CSS pixels.
#   sh docs/pictures.sh [FOLDER] [TEMPLATES]
# FOLDER gets the pictures (default: out/pictures), TEMPLATES is a template folder (default: the shipped ones).
# CHROMIUM names the browser when it is not called chromium.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=${1:-$here/../out/pictures}
mkdir -p "$out"
out=$(cd "$out" && pwd)
browser=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome)}
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT

if [ $# -gt 1 ]; then
  dotnet run "$here/pictures.cs" -- "$out" "$(cd "$2" && pwd)"
else
  dotnet run "$here/pictures.cs" -- "$out"
fi

# A window cannot be narrower than about 500 pixels, a frame can.
frame() {
  printf '<!doctype html><meta charset="utf-8"><meta name="color-scheme" content="light dark"><style>body{margin:0}iframe{border:0;display:block;width:%spx;height:%spx}</style><iframe src="%s"></iframe>' "$2" "$3" "$1" >"$out/frame.html"
}

for page in "$out"/gift-??.html "$out"/reminder-??.html "$out"/code-??.html "$out"/address-??.html; do
  [ -e "$page" ] || continue
  name=$(basename "$page" .html)
  for width in 320 375 600; do
    case $width in 320) height=2700 ;; 375) height=2500 ;; *) height=1900 ;; esac
    frame "$name.html" "$width" "$height"
    for scheme in 1 0; do
      [ "$scheme" = 1 ] && look=light || look=dark
      "$browser" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
        --disable-component-update --disable-sync --hide-scrollbars --user-data-dir="$profile" \
        --blink-settings=preferredColorScheme="$scheme" --window-size="$width,$height" \
        --screenshot="$out/$name-$width-$look.png" "file://$out/frame.html" >/dev/null 2>&1
    done
  done
done
rm -f "$out/frame.html"
echo "Pictures are in $out"
