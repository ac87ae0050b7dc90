// Reads a whole log through the bare loop and through parser and recorder, each in a process of
// its own, and prints what each took.
//   file_bench                       a log of a million lines, written to be read once
//   file_bench FILE                  read it
//   file_bench --generate N FILE     write a log of N lines to read
#include <fcntl.h>
#include <fmt/core.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>
#include <string_view>

#include "collectors/access_log/format/parser.h"
#include "collectors/access_log/format/scan.h"
#include "tests/bench/bare_loop.h"
#include "tests/bench/log_lines.h"
#include "tests/bench/recording.h"

namespace wayside::bench {
namespace {

constexpr std::size_t kBlock = std::size_t{256} << 10U;

// Reads the file in blocks and hands on whole lines; what is left of a block goes in front of the
// next one. Returns the bytes read, or -1.
template <typename Use>
ssize_t read_lines(const char* path, const Use& use) {
  const int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return -1;
  std::string buffer(2 * kBlock + kReadableAfterBlock, '\0');
  std::size_t held = 0;
  ssize_t total = 0;
  ssize_t got = 0;
  while ((got = read(file, buffer.data() + held, kBlock)) > 0) {
    total += got;
    held += static_cast<std::size_t>(got);
    const std::size_t whole = std::string_view(buffer.data(), held).rfind('\n') + 1;
    use(std::string_view(buffer.data(), whole));
    held -= whole;
    std::memmove(buffer.data(), buffer.data() + whole, held);
    if (held >= kBlock) return -1;  // a line longer than a block
  }
  close(file);
  return got < 0 ? -1 : total;
}

struct Read {
  std::uint64_t lines = 0;
  ssize_t bytes = 0;
};

Read by_bare_loop(const char* path) {
  BareLoop loop;
  Read result;
  result.bytes = read_lines(path, [&](std::string_view block) { result.lines += loop.run(block); });
  return result;
}

Read by_recorder(const char* path) {
  Recording recording;
  auto format = compile_log_format(kBenchFormat);
  if (recording.sink() == nullptr || !format) return {.lines = 0, .bytes = -1};
  AccessLogParser parser(std::make_shared<const LogFormat>(std::move(*format)));
  ParseCounts counts;
  Read result;
  result.bytes = read_lines(
      path, [&](std::string_view block) { parser.parse(block, *recording.sink(), counts); });
  result.lines = counts.lines;
  return result;
}

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

void print(const char* name, const Read& read, double elapsed, const rusage& usage) {
  const double cpu = seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
  const auto lines = static_cast<double>(read.lines);
  fmt::print("{:<22} {:>10.2f} {:>10.0f} {:>14.1f} {:>8.1f}\n", name, lines / elapsed / 1e6,
             static_cast<double>(read.bytes) / elapsed / 1e6, cpu * 1e9 / lines,
             static_cast<double>(usage.ru_maxrss) / 1024);
}

// Runs `read` in a child, so that its CPU time and memory are its own.
bool measure(const char* name, const char* path, Read (*read)(const char*)) {
  const pid_t child = fork();
  if (child == 0) {
    const auto begin = std::chrono::steady_clock::now();
    const Read result = read(path);
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - begin;
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    if (result.bytes > 0) print(name, result, elapsed.count(), usage);
    std::fflush(stdout);
    std::_Exit(result.bytes > 0 ? 0 : 1);
  }
  int status = 0;
  return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

bool generate(const char* count, const char* path) {
  std::FILE* file = std::fopen(path, "we");
  if (file == nullptr) return false;
  LogLines lines;
  std::string text;
  bool written = true;
  for (auto left = std::strtoull(count, nullptr, 10); left > 0 && written; --left) {
    text.clear();
    lines.append(text);
    written = std::fwrite(text.data(), 1, text.size(), file) == text.size();
  }
  return std::fclose(file) == 0 && written;
}

int compare(const char* path) {
  fmt::print("{:<22} {:>10} {:>10} {:>14} {:>8}\n", "", "M lines/s", "MB/s", "CPU ns a line",
             "RSS MiB");
  std::fflush(stdout);
  if (measure("bare loop", path, by_bare_loop) &&
      measure("parser and recorder", path, by_recorder)) {
    return 0;
  }
  fmt::print(stderr, "file_bench: cannot read {}\n", path);
  return 1;
}

int write_log(const char* count, const char* path) {
  if (generate(count, path)) return 0;
  fmt::print(stderr, "file_bench: cannot write {}\n", path);
  return 1;
}

int compare_fresh_log() {
  std::string path = (std::filesystem::temp_directory_path() / "wayside-bench-XXXXXX").string();
  const int file = mkstemp(path.data());
  if (file < 0) return write_log("0", path.c_str());
  close(file);
  int result = write_log("1000000", path.c_str());
  if (result == 0) result = compare(path.c_str());
  unlink(path.c_str());
  return result;
}

int run(int argc, char** argv) {
  if (argc == 1) return compare_fresh_log();
  if (argc == 2) return compare(argv[1]);
  if (argc == 4 && std::string_view(argv[1]) == "--generate") return write_log(argv[2], argv[3]);
  fmt::print(stderr, "usage: file_bench [FILE] | file_bench --generate LINES FILE\n");
  return 2;
}

}  // namespace
}  // namespace wayside::bench

int main(int argc, char** argv) {
  return wayside::bench::run(argc, argv);
}
