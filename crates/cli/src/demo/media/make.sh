#!/bin/sh
# Makes the demonstration's recording, film and photograph again, from words and shapes that are the project's own.
# Needs ffmpeg with libflite, libmp3lame and libx264. Nobody real speaks: the voice is synthetic.
set -eu
cd "$(dirname "$0")"
quiet="-hide_banner -loglevel error -y"
plain="-fflags +bitexact -flags:v +bitexact -flags:a +bitexact -map_metadata -1"

# A reflective account, spoken into a telephone after a coaching session.
ffmpeg $quiet -f lavfi -i "flite=voice=slt:textfile=reflection.txt" -ac 1 -ar 16000 -c:a libmp3lame -b:a 16k $plain reflection.mp3

# A flip chart, as photographed after a workshop.
sheet="color=c=0xf4f1e6:s=960x720:d=1,drawbox=x=40:y=30:w=880:h=660:color=0x8a8678:t=3"
ink="fontcolor=0x1d3f72:fontsize=34"
chart="$sheet,drawtext=text='What a first session needs':x=90:y=70:fontcolor=0x8c1c13:fontsize=46"
y=170
while read -r line; do
  chart="$chart,drawtext=text='$line':x=110:y=$y:$ink"
  y=$((y + 78))
done < flip-chart.txt
chart="$chart,noise=alls=7:allf=u:all_seed=7,vignette=PI/6,rotate=0.012:c=0x5b564b"
ffmpeg $quiet -f lavfi -i "$chart" -frames:v 1 -q:v 7 $plain flip-chart.jpg

# A short film of a skills practice: the questions of one round, one after the other, with the voice of the coach.
film="color=c=0x20303f:s=480x270:r=5:d=24,drawbox=x=0:y=214:w=480:h=56:color=0x14202b:t=fill"
film="$film,drawtext=text='Skills practice, round 2':x=20:y=18:fontcolor=white:fontsize=18"
film="$film,drawbox=x=60:y=80:w=90:h=120:color=0x7fa6c9:t=fill,drawbox=x=330:y=84:w=90:h=116:color=0xd9a86c:t=fill"
from=0
while read -r line; do
  film="$film,drawtext=text='$line':x=20:y=232:fontcolor=white:fontsize=17:enable='between(t,$from,$((from + 6)))'"
  from=$((from + 6))
done < practice.txt
ffmpeg $quiet -f lavfi -i "$film" -f lavfi -i "flite=voice=awb:textfile=practice.txt" -map 0:v -map 1:a \
  -c:v libx264 -preset veryslow -crf 34 -pix_fmt yuv420p -c:a aac -b:a 24k -ac 1 -ar 16000 -movflags +faststart $plain practice.mp4
