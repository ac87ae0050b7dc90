#!/usr/bin/env bash
# impact.sh WAYSIDE [ROUNDS] [SECONDS]: does a service feel the agent? nginx is kept busy on all
# cores by wrk; rounds with the agent beside it, reading nginx's log and scraped every second,
# alternate with rounds without. Prints the median of wrk's requests a second and latencies of
# each. Needs nginx, wrk and curl (Debian's packages of these names).
set -euo pipefail

wayside=$(realpath "$1")
rounds=${2:-5}
seconds=${3:-5}
dir=$(mktemp -d)
nginx_pid=
agent_pid=
scraper_pid=

end() {
  for pid in $agent_pid $scraper_pid $nginx_pid; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$dir"
}
trap end EXIT

free_port() {
  local port
  for port in $(shuf -i 20000-29999 -n 50); do
    if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      printf '%s\n' "$port"
      return
    fi
  done
}

web=$(free_port)
metrics=$(free_port)
cat >"$dir/nginx.conf" <<CONF
daemon off;
worker_processes auto;
pid $dir/nginx.pid;
error_log $dir/error.log;
events { worker_connections 1024; }
http {
  log_format timed '\$remote_addr - \$remote_user [\$time_local] "\$request" \$status \$body_bytes_sent '
                   '"\$http_referer" "\$http_user_agent" \$request_time \$upstream_response_time';
  access_log $dir/access.log timed;
  client_body_temp_path $dir/body; proxy_temp_path $dir/proxy; fastcgi_temp_path $dir/fastcgi;
  uwsgi_temp_path $dir/uwsgi; scgi_temp_path $dir/scgi;
  server { listen 127.0.0.1:$web; location / { return 200 "{\"students\": []}"; } }
}
CONF
/usr/sbin/nginx -c "$dir/nginx.conf" &
nginx_pid=$!
for _ in $(seq 100); do curl -sf "http://127.0.0.1:$web/" >/dev/null && break || sleep 0.05; done

start_agent() {
  "$wayside" run --access-log "$dir/access.log" --listen "127.0.0.1:$metrics" \
    >"$dir/agent.log" 2>&1 &
  agent_pid=$!
  (while sleep 1; do curl -s -o /dev/null "http://127.0.0.1:$metrics/metrics" || true; done) &
  scraper_pid=$!
  sleep 0.5
}

stop_agent() {
  awk '{ printf "%.1f\n", ($14 + $15) * 10 }' "/proc/$agent_pid/stat" >>"$dir/cpu"  # ms at 100 Hz
  kill "$agent_pid" "$scraper_pid"
  wait "$agent_pid" "$scraper_pid" 2>/dev/null || true
  agent_pid=
  scraper_pid=
}

# wrk's figures in one unit: requests a second, then microseconds.
load() {
  wrk -t1 -c16 -d"${seconds}s" --latency "http://127.0.0.1:$web/api/students/17" | awk '
    function us(t) { return t ~ /us$/ ? t + 0 : t ~ /ms$/ ? t * 1000 : t * 1000000 }
    /^ +50%/ { p50 = us($2) } /^ +99%/ { p99 = us($2) } /^Requests\/sec/ { rate = $2 }
    END { print rate, p50, p99 }'
  : >"$dir/access.log"
}

load >/dev/null
for _ in $(seq "$rounds"); do
  load >>"$dir/without"
  start_agent
  load >>"$dir/with"
  stop_agent
done

median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
printf '%-10s %14s %10s %10s\n' '' 'requests/s' 'p50 us' 'p99 us'
for what in without with; do
  printf '%-10s' "$what"
  for column in 1 2 3; do printf ' %12s' "$(awk -v c=$column '{ print $c }' "$dir/$what" | median)"; done
  printf '\n'
done
printf 'agent: %s ms of CPU in a round of %s s\n' "$(median <"$dir/cpu")" "$seconds"
