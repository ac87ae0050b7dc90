#include <unistd.h>

#include <string_view>

#include "tests/e2e/servers.h"
#include "tests/support/http.h"
#include "tests/support/temp_dir.h"
#include "tests/support/wait.h"

namespace wayside::e2e {
namespace {

// $access_format$ and the like are filled in; the rest is nginx's own.
constexpr std::string_view kConfig = R"($user$
worker_processes 2;
daemon off;
pid $dir$/nginx.pid;
error_log $dir$/error.log warn;
events { worker_connections 256; }
http {
  client_body_temp_path $dir$/body;
  proxy_temp_path $dir$/proxy;
  fastcgi_temp_path $dir$/fastcgi;
  uwsgi_temp_path $dir$/uwsgi;
  scgi_temp_path $dir$/scgi;
  log_format edge '$access_format$';
  log_format truth "$truth_format$";
  access_log $dir$/access.log edge;
  access_log $dir$/truth.log truth;
  upstream both {
    server 127.0.0.1:$failing$ max_fails=0;
    server 127.0.0.1:$steady$ max_fails=0;
  }
  upstream ordered {
    server 127.0.0.1:$failing$ max_fails=0;
    server 127.0.0.1:$steady$ max_fails=0 backup;
  }
  upstream refused {
    server 127.0.0.1:$refused$ max_fails=0;
    server 127.0.0.1:$steady$ max_fails=0;
  }
  proxy_next_upstream error timeout http_502;
  server {
    listen 127.0.0.1:$port$;
    location /api/ { proxy_pass http://both; }
    location /api/unsteady/ { proxy_pass http://ordered; }
    location /api/refused/ { proxy_pass http://refused; }
    location = /old { return 301 /api/news; }
    location = /static/logo.svg { return 200 "<svg/>"; }
  }
}
)";

constexpr std::string_view kTruthFormat =
    R"($request_method\t$http_x_route\t$status\t$request_time\t$upstream_addr\t$upstream_status)"
    R"(\t$upstream_response_time\t$request_id\t$uri)";

std::string fill(std::string text, const std::string& name, std::string_view value) {
  const auto mark = "$" + name + "$";
  for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at)) {
    text.replace(at, mark.size(), value);
    at += value.size();
  }
  return text;
}

}  // namespace

const std::string Nginx::kFormat =
    "$remote_addr - $remote_user [$time_local] \"$request\" $status $body_bytes_sent "
    "\"$http_referer\" \"$http_user_agent\" rt=$request_time ua=\"$upstream_addr\" "
    "us=\"$upstream_status\" urt=\"$upstream_response_time\" id=$request_id";

Nginx::Nginx(const std::filesystem::path& dir, std::uint16_t steady, std::uint16_t failing)
    : dir_(dir), port_(support::free_port()), refused_port_(support::free_port()) {
  support::write_file(dir_ / "nginx.conf", config(steady, failing));
}

std::string Nginx::config(std::uint16_t steady, std::uint16_t failing) const {
  std::string text(kConfig);
  text = fill(text, "user", ::geteuid() == 0 ? "user root;" : "");
  text = fill(text, "dir", dir_.string());
  text = fill(text, "port", std::to_string(port_));
  text = fill(text, "refused", std::to_string(refused_port_));
  text = fill(text, "steady", std::to_string(steady));
  text = fill(text, "failing", std::to_string(failing));
  text = fill(text, "access_format", kFormat);
  return fill(text, "truth_format", kTruthFormat);
}

testing::AssertionResult Nginx::start() {
  const auto program = support::find_program({"/usr/sbin/nginx", "/usr/bin/nginx"});
  if (program.empty()) return testing::AssertionFailure() << "nginx is not installed";
  support::Command command{.words = {program, "-e", (dir_ / "error.log").string(), "-p",
                                     dir_.string(), "-c", (dir_ / "nginx.conf").string()}};
  command.errors = dir_ / "nginx.err";
  command.death_signal = SIGTERM;  // it ends its workers then, which SIGKILL would leave behind
  process_.emplace(command);
  const bool up = support::wait_until([this] {
    return support::http_get(port_, "/nowhere", {{"X-Route", "-"}}).status == 404;
  });
  if (!up) return testing::AssertionFailure() << support::read_file(dir_ / "nginx.err");
  return testing::AssertionSuccess();
}

void Nginx::log_to(const std::string& target) const {
  auto text = support::read_file(dir_ / "nginx.conf");
  const std::string before = "  upstream both";
  const auto at = text.find(before);
  ASSERT_NE(at, std::string::npos);
  support::write_file(dir_ / "nginx.conf", text.insert(at, "  access_log " + target + " edge;\n"));
}

void Nginx::rotate(const std::string& name) const {
  std::filesystem::rename(log(), dir_ / name);
  process_->signal(SIGUSR1);
  const bool opened = support::wait_until([this] { return std::filesystem::exists(log()); });
  EXPECT_TRUE(opened) << "nginx did not open its log anew";
}

}  // namespace wayside::e2e
