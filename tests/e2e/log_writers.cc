#include "tests/e2e/log_writers.h"

#include <unistd.h>

#include "tests/support/temp_dir.h"
#include "tests/support/wait.h"

namespace wayside::e2e {
namespace {

using testing::AssertionFailure;
using testing::AssertionResult;

const std::filesystem::path kApps = WAYSIDE_E2E_APPS;
const std::filesystem::path kNode = WAYSIDE_E2E_NODE;

constexpr std::string_view kNginx = R"(worker_processes 1;
daemon off;
events { worker_connections 256; }
http {
  client_body_temp_path body;
  proxy_temp_path proxy;
  fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi;
  scgi_temp_path scgi;
  log_format edge escape=json '{"time":"$time_iso8601","remote_addr":"$remote_addr",'
                              '"method":"$request_method","uri":"$request_uri","status":$status,'
                              '"body_bytes_sent":$body_bytes_sent,"user_agent":"$http_user_agent",'
                              '"request_time":$request_time,"upstream_addr":"$upstream_addr"}';
)";

std::string modules(std::initializer_list<const char*> names) {
  std::string text;
  for (const std::string name : names) {
    text += "LoadModule " + name + "_module /usr/lib/apache2/modules/mod_" + name + ".so\n";
  }
  return text;
}

std::string escaped(const std::string& format) {
  std::string text;
  for (const char c : format) {
    if (c == '"' || c == '\\') text += '\\';
    text += c;
  }
  return text;
}

}  // namespace

AssertionResult LogWriter::run(support::Command command) {
  command.death_signal = SIGTERM;  // they end their own children then
  if (command.output == "/dev/null") command.output = dir_ / "writer.out";
  if (command.errors == "/dev/null") command.errors = dir_ / "writer.err";
  process_.emplace(command);
  const bool up = support::wait_until(
      [this] { return !process_->running() || support::http_get(port_, "/ready").status == 200; });
  if (up && process_->running()) return testing::AssertionSuccess();
  return AssertionFailure() << command.words.front() << ": "
                            << support::read_file(dir_ / "writer.out")
                            << support::read_file(dir_ / "writer.err");
}

AssertionResult LogWriter::start_apache(std::uint16_t upstream, const std::string& format) {
  const auto program = support::find_program({"/usr/sbin/apache2"});
  if (program.empty()) return AssertionFailure() << "apache2 is not installed";
  support::write_file(
      dir_ / "apache.conf",
      modules({"mpm_event", "authz_core", "env", "proxy", "proxy_http"}) +
          (::geteuid() == 0 ? "User www-data\nGroup www-data\n" : "") + "ServerName localhost\n" +
          "Listen 127.0.0.1:" + std::to_string(port_) + "\nPidFile " + dir_.string() +
          "/apache.pid\nDefaultRuntimeDir " + dir_.string() + "\nMutex sem\nErrorLog " +
          dir_.string() + "/apache.err\nLogFormat \"" + escaped(format) + "\" edge\nCustomLog " +
          log().string() + " edge\nSetEnv proxy-nokeepalive 1\nProxyPass / http://127.0.0.1:" +
          std::to_string(upstream) + "/\n");
  return run({.words = {program, "-DFOREGROUND", "-d", dir_.string(), "-f",
                        (dir_ / "apache.conf").string()}});
}

AssertionResult LogWriter::start_nginx_json(std::uint16_t upstream) {
  const auto program = support::find_program({"/usr/sbin/nginx"});
  if (program.empty()) return AssertionFailure() << "nginx is not installed";
  support::write_file(
      dir_ / "nginx.conf",
      (::geteuid() == 0 ? "user root;\n" : "") + std::string("pid ") + dir_.string() +
          "/nginx.pid;\n" + std::string(kNginx) + "  access_log " + log().string() +
          " edge;\n  server {\n    listen 127.0.0.1:" + std::to_string(port_) +
          ";\n    location / { proxy_pass http://127.0.0.1:" + std::to_string(upstream) +
          "; }\n  }\n}\n");
  return run({.words = {program, "-e", (dir_ / "error.log").string(), "-p", dir_.string(), "-c",
                        (dir_ / "nginx.conf").string()}});
}

AssertionResult LogWriter::start_haproxy(std::uint16_t upstream, const std::string& option) {
  const auto program = support::find_program({"/usr/sbin/haproxy"});
  if (program.empty()) return AssertionFailure() << "haproxy is not installed";
  support::write_file(
      dir_ / "haproxy.cfg",
      // Of two threads that log to one descriptor at once, HAProxy drops a line.
      "global\n  nbthread 1\n  log stdout format raw daemon\ndefaults\n  mode http\n  log global\n"
      "  option " +
          option +
          "\n  option httpclose\n  timeout connect 5s\n  timeout client 30s\n"
          "  timeout server 30s\nfrontend edge\n  bind 127.0.0.1:" +
          std::to_string(port_) +
          "\n  capture request header User-Agent len 64\n"
          "  default_backend college\nbackend college\n  server node1 127.0.0.1:" +
          std::to_string(upstream) + "\n");
  return run({.words = {program, "-db", "-f", (dir_ / "haproxy.cfg").string()}, .output = log()});
}

AssertionResult LogWriter::start_gunicorn(const std::string& format, bool prefixed) {
  const auto program = support::find_program({"/usr/bin/gunicorn"});
  if (program.empty()) return AssertionFailure() << "gunicorn is not installed";
  support::Command command{.words = {program, "--bind", "127.0.0.1:" + std::to_string(port_),
                                     "--workers", "2", "--threads", "4", "--worker-tmp-dir",
                                     dir_.string(), "--chdir", kApps.string()}};
  const auto add = [&command](const std::string& option, const std::string& value) {
    command.words.push_back(option);
    command.words.push_back(value);
  };
  if (prefixed) {
    add("--config", (kApps / "gunicorn_prefixed.py").string());
    add("--access-logfile", "-");
    command.output = log();
    command.errors = log();
  } else {
    add("--access-logfile", log().string());
  }
  if (!format.empty()) add("--access-logformat", format);
  command.words.emplace_back("wsgi_app:application");
  command.environment = {{"PYTHONDONTWRITEBYTECODE", "1"}, {"TZ", "UTC"}};
  return run(std::move(command));
}

AssertionResult LogWriter::start_uvicorn(bool coloured) {
  const auto program = support::find_program({"/usr/bin/python3"});
  if (program.empty()) return AssertionFailure() << "python3 is not installed";
  return run({.words = {program, "-m", "uvicorn", "--port", std::to_string(port_), "--app-dir",
                        kApps.string(), coloured ? "--use-colors" : "--no-use-colors",
                        "asgi_app:application"},
              .output = log(),
              .errors = log(),
              .environment = {{"PYTHONDONTWRITEBYTECODE", "1"}, {"PYTHONUNBUFFERED", "1"}}});
}

AssertionResult LogWriter::start_express(const std::string& logger) {
  return run({.words = {"node", (kNode / "app.js").string(), std::to_string(port_), logger},
              .output = log(),
              .errors = log()});
}

std::string pm2_program() {
  return (kNode / "node_modules/pm2/bin/pm2").string();
}

NodeState prepare_node(std::string& why) {
  const auto modules = kNode / "node_modules";
  for (const char* const file : {"package.json", "app.js"}) {
    std::filesystem::create_directories(kNode);
    std::filesystem::copy_file(std::filesystem::path(WAYSIDE_E2E_NODE_SOURCE) / file, kNode / file,
                               std::filesystem::copy_options::overwrite_existing);
  }
  if (support::run({"npm", "--version"}).code != 0 ||
      support::run({"node", "--version"}).code != 0) {
    why = "neither npm nor what it would install is here: apt-get install nodejs npm";
    return NodeState::no_npm;
  }
  const bool current =
      support::read_file(modules / "installed.json") == support::read_file(kNode / "package.json");
  if (current) return NodeState::ready;
  const auto installed = support::run({"npm", "install", "--no-audit", "--no-fund",
                                       "--no-package-lock", "--prefix", kNode.string()},
                                      "/dev/null", std::chrono::minutes{4});
  why = installed.output + installed.errors;
  if (installed.code != 0) return NodeState::failed;
  support::write_file(modules / "installed.json", support::read_file(kNode / "package.json"));
  return NodeState::ready;
}

}  // namespace wayside::e2e
