#!/bin/sh
# Makes the small test pictures from playground/samples. Needs ImageMagick 6 and cwebp (Debian: imagemagick webp).
# Run in this folder. The results are committed, so nobody needs to run it for the tests.
set -eu
samples=../../playground/samples
trap 'rm -f upright.ppm stored.jpg frame?.png' EXIT

# A face and its surroundings, 64 x 48, the picture that most files here show.
convert $samples/astronaut.png -crop 160x120+145+45 +repage -resize '64x48!' -depth 8 upright.ppm
convert upright.ppm -strip -define png:exclude-chunks=all upright.png

# EXIF orientations: stored turned, so that every one of them stands upright as upright.png does.
for n in 1 2 3 4 5 6 7 8; do
  case $n in
    1) turn= ;; 2) turn=-flop ;; 3) turn='-rotate 180' ;; 4) turn=-flip ;;
    5) turn=-transpose ;; 6) turn='-rotate 270' ;; 7) turn=-transverse ;; 8) turn='-rotate 90' ;;
  esac
  convert upright.ppm $turn -sampling-factor 4:4:4 -quality 95 -strip stored.jpg
  octal=$(printf %02o "$n")
  { head -c 2 stored.jpg
    printf "\\377\\341\\000\\042Exif\\000\\000MM\\000\\052\\000\\000\\000\\010\\000\\001\\001\\022\\000\\003\\000\\000\\000\\001\\000\\0$octal\\000\\000\\000\\000\\000\\000"
    tail -c +3 stored.jpg
  } > orientation-$n.jpg
done

convert upright.ppm -interlace JPEG -quality 90 -strip progressive.jpg
convert upright.ppm -colorspace CMYK -quality 90 -strip cmyk.jpg
convert upright.ppm -colorspace Gray -quality 90 -strip grey.jpg
convert upright.ppm -depth 16 -attenuate 0.2 -evaluate Multiply 0.97 -define png:bit-depth=16 -define png:color-type=2 -strip sixteen.png
convert upright.ppm -colors 32 -type Palette -define png:color-type=3 -strip palette.png
convert upright.ppm -interlace PNG -define png:color-type=2 -strip interlaced.png
# Alpha from 0 to 255 across, over the same colours; a canvas rounds such pixels.
convert upright.ppm \( -size 48x64 gradient: -rotate 90 \) -alpha off -compose CopyOpacity -composite -define png:color-type=6 -define png:exclude-chunks=all alpha.png
convert alpha.png -interlace PNG -define png:color-type=6 -define png:exclude-chunks=all alpha-interlaced.png
convert alpha.png -depth 16 -define png:bit-depth=16 -define png:color-type=6 -define png:exclude-chunks=all alpha-sixteen.png
convert alpha.png -colorspace Gray -define png:color-type=4 -define png:exclude-chunks=all alpha-grey.png
convert upright.ppm -colors 64 still.gif
convert -delay 20 upright.ppm \( upright.ppm -flop \) -colors 64 -loop 0 animated.gif
cwebp -quiet -q 90 upright.png -o lossy.webp
cwebp -quiet -lossless -exact alpha.png -o lossless-alpha.webp
convert upright.ppm -flop frame2.png
cwebp -quiet -q 80 upright.png -o frame1.tmp && cwebp -quiet -q 80 frame2.png -o frame2.tmp
webpmux -frame frame1.tmp +100 -frame frame2.tmp +100 -loop 0 -o animated.webp && rm frame1.tmp frame2.tmp
convert upright.ppm BMP3:picture.bmp
convert upright.ppm -compress none picture.tiff
convert upright.ppm -resize '1x1!' -define png:color-type=2 -define png:exclude-chunks=all one-pixel.png
