#include <charconv>
#include <cstdlib>
#include <set>

#include "tests/support/series.h"

namespace wayside::support {
namespace {

bool is_name(char c, bool first) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':' ||
         (!first && c >= '0' && c <= '9');
}

std::string take_name(std::string_view& text) {
  std::size_t size = 0;
  while (size < text.size() && is_name(text[size], size == 0)) ++size;
  std::string name(text.substr(0, size));
  text.remove_prefix(size);
  return name;
}

bool take(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

// A quoted label value; false where it has no end or an escape that does not exist.
bool take_value(std::string_view& text, std::string& value) {
  if (!take(text, '"')) return false;
  while (!text.empty()) {
    const char c = text.front();
    text.remove_prefix(1);
    if (c == '"') return true;
    if (c != '\\') {
      value += c;
    } else if (take(text, 'n')) {
      value += '\n';
    } else if (take(text, '\\')) {
      value += '\\';
    } else if (take(text, '"')) {
      value += '"';
    } else {
      return false;
    }
  }
  return false;
}

bool take_labels(std::string_view& text, Labels& labels) {
  if (!take(text, '{')) return true;
  while (!take(text, '}')) {
    const auto name = take_name(text);
    std::string value;
    if (name.empty() || !take(text, '=') || !take_value(text, value)) return false;
    if (!labels.emplace(name, value).second) return false;
    if (!take(text, ',') && (text.empty() || text.front() != '}')) return false;
  }
  return true;
}

bool take_number(std::string_view text, double& number) {
  std::string copy(text);
  char* end = nullptr;
  number = std::strtod(copy.c_str(), &end);
  return !copy.empty() && end == copy.c_str() + copy.size();
}

std::string family_of(const Page& page, const std::string& name) {
  for (const std::string_view suffix : {"_bucket", "_count", "_sum"}) {
    if (!name.ends_with(suffix)) continue;
    const auto base = name.substr(0, name.size() - suffix.size());
    const auto type = page.types.find(base);
    if (type != page.types.end() && type->second == "histogram") return base;
  }
  return name;
}

// Reads line by line and remembers which families are over.
class Reader {
 public:
  void line(std::string_view text) {
    if (text.starts_with("# HELP ") || text.starts_with("# TYPE ")) {
      comment(text);
    } else if (!text.starts_with('#')) {
      sample(text);
    }
  }
  Page page;

 private:
  void wrong(std::string_view what, std::string_view text) {
    page.errors.push_back(std::string(what) + ": " + std::string(text));
  }

  void enter(const std::string& family, std::string_view text) {
    if (family == current_) return;
    if (!seen_.insert(family).second) wrong("family is not one group", text);
    current_ = family;
  }

  void comment(std::string_view text) {
    const bool is_type = text.starts_with("# TYPE ");
    auto rest = text.substr(7);
    const auto name = take_name(rest);
    if (name.empty() || !take(rest, ' ')) return wrong("bad comment", text);
    enter(name, text);
    auto& book = is_type ? page.types : page.helps;
    if (!book.emplace(name, rest).second) wrong("told twice", text);
  }

  void sample(std::string_view text) {
    Sample sample;
    auto rest = text;
    sample.name = take_name(rest);
    if (sample.name.empty() || !take_labels(rest, sample.labels) || !take(rest, ' ') ||
        !take_number(rest, sample.value)) {
      return wrong("bad sample", text);
    }
    enter(family_of(page, sample.name), text);
    if (!identities_.emplace(sample.name, sample.labels).second) wrong("sample twice", text);
    page.samples.push_back(std::move(sample));
  }

  std::string current_;
  std::set<std::string> seen_;
  std::set<std::pair<std::string, Labels>> identities_;
};

}  // namespace

Page parse_page(std::string_view text) {
  Reader reader;
  if (text.empty() || text.back() != '\n') reader.page.errors.emplace_back("no final newline");
  while (!text.empty()) {
    const auto end = text.find('\n');
    if (const auto line = text.substr(0, end); !line.empty()) reader.line(line);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return std::move(reader.page);
}

}  // namespace wayside::support
