#include "collectors/access_log/format/format_text.h"

#include <algorithm>

namespace wayside {
namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

Error at(std::size_t i, std::string what) {
  return Error{"character " + std::to_string(i + 1) + ": " + std::move(what)};
}

// One argument of a directive, as nginx's tokenizer yields it.
struct Piece {
  std::string text;
  std::vector<std::uint32_t> at;
  char quote = '\0';
  std::size_t begin = 0;
};

class Tokens {
 public:
  explicit Tokens(std::string_view text) : text_(text) {}

  void skip_spaces() {
    while (i_ < text_.size() && is_space(text_[i_])) ++i_;
  }
  [[nodiscard]] bool done() const { return i_ == text_.size(); }
  [[nodiscard]] char front() const { return text_[i_]; }
  [[nodiscard]] std::size_t place() const { return i_; }
  void advance() { ++i_; }

  // A quoted or a bare argument at the current place, which is no space and no ';'.
  Result<Piece> piece() {
    Piece piece;
    piece.begin = i_;
    if (front() == '\'' || front() == '"') {
      piece.quote = front();
      ++i_;
    }
    while (!done() && !ends(piece.quote)) take(piece);
    if (piece.quote == '\0') return piece;
    if (done()) return at(piece.begin, "this quote is never closed");
    ++i_;
    if (!done() && !is_space(front()) && front() != ';') {
      return at(i_, "a space or ';' must follow a closing quote");
    }
    return piece;
  }

  // Everything that is left, as one bare text.
  Piece rest() {
    Piece piece;
    while (!done()) take(piece);
    return piece;
  }

 private:
  [[nodiscard]] bool ends(char quote) const {
    if (quote != '\0') return front() == quote;
    return is_space(front()) || front() == ';';
  }
  // One character; backslashes mean what they mean to nginx's configuration reader.
  void take(Piece& piece) {
    const std::size_t begin = i_;
    char c = text_[i_++];
    if (c == '\\' && !done()) {
      const char next = front();
      const bool tab = next == 't';
      if (next == '"' || next == '\'' || next == '\\' || tab) {
        c = tab ? '\t' : next;
        ++i_;
      }
    }
    piece.text.push_back(c);
    piece.at.push_back(static_cast<std::uint32_t>(begin + 1));
  }

  std::string_view text_;
  std::size_t i_ = 0;
};

void append(FormatText& format, const Piece& piece) {
  format.text += piece.text;
  format.at.insert(format.at.end(), piece.at.begin(), piece.at.end());
}

Result<void> set_escape(FormatText& format, const Piece& piece) {
  const std::string_view how = std::string_view(piece.text).substr(7);
  if (how == "json") {
    return at(piece.begin,
              "escape=json is not read yet; give the log a format with escape=default");
  }
  if (how != "default" && how != "none") {
    return at(piece.begin, "escape= must be default or none");
  }
  format.escaped = how == "default";
  return {};
}

Result<FormatText> read_pieces(Tokens& tokens, bool escape_allowed) {
  FormatText format;
  std::size_t count = 0;
  for (tokens.skip_spaces(); !tokens.done(); tokens.skip_spaces()) {
    if (tokens.front() == ';') {
      tokens.advance();
      tokens.skip_spaces();
      if (!tokens.done()) return at(tokens.place(), "nothing may follow the ';'");
      break;
    }
    auto piece = tokens.piece();
    if (!piece) return piece.error();
    if (escape_allowed && count == 0 && piece->text.starts_with("escape=")) {
      if (auto set = set_escape(format, *piece); !set) return set.error();
      escape_allowed = false;
      continue;
    }
    append(format, *piece);
    ++count;
  }
  if (count == 0) return at(tokens.place(), "a format must follow");
  return format;
}

bool starts_directive(std::string_view text) {
  constexpr std::string_view kName = "log_format";
  return text.starts_with(kName) && text.size() > kName.size() && is_space(text[kName.size()]);
}

// Whether a text in double quotes is one configuration argument, such as "$a [$b]", rather than
// a bare format whose first and last columns are quoted, such as "$a" "$b".
bool is_one_argument(std::string_view text) {
  Tokens tokens(text);
  auto piece = tokens.piece();
  if (!piece) return false;
  if (!tokens.done() && tokens.front() == ';') tokens.advance();
  return tokens.done() && piece->text.find(' ') != std::string::npos;
}

char lower(char c) {
  return static_cast<char>(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

// Passes over the name of a directive, where a space or '=' follows it.
bool take_directive(Tokens& tokens, std::string_view text, std::string_view directive) {
  if (text.size() <= directive.size()) return false;
  const bool same = std::equal(directive.begin(), directive.end(), text.begin(),
                               [](char a, char b) { return lower(a) == lower(b); });
  const char next = text[directive.size()];
  if (!same || (next != '=' && !is_space(next))) return false;
  for (std::size_t i = 0; i < directive.size(); ++i) tokens.advance();
  tokens.skip_spaces();
  if (!tokens.done() && tokens.front() == '=') tokens.advance();
  tokens.skip_spaces();
  return true;
}

// Whether a text in quotes is one argument, with a nickname behind it perhaps.
bool is_argument_with_nickname(std::string_view text) {
  Tokens tokens(text);
  auto piece = tokens.piece();
  if (!piece || piece->text.find(' ') == std::string::npos) return false;
  tokens.skip_spaces();
  if (tokens.done()) return true;
  const std::string nickname = tokens.rest().text;
  return nickname.find_first_of(" %:\"") == std::string::npos;
}

}  // namespace

Result<FormatText> read_directive_text(std::string_view given, std::string_view directive) {
  if (given.size() > kMaxFormatSize) {
    return Error{"a log format may have at most " + std::to_string(kMaxFormatSize) + " characters"};
  }
  while (!given.empty() && is_space(given.back())) given.remove_suffix(1);
  Tokens tokens(given);
  tokens.skip_spaces();
  if (tokens.done()) return Error{"the log format is empty"};
  const bool named = take_directive(tokens, given.substr(tokens.place()), directive);
  if (tokens.done()) return at(tokens.place(), "a format must follow");
  const std::string_view body = given.substr(tokens.place());
  const bool quoted = body.front() == '"' || body.front() == '\'';
  FormatText format;
  if (quoted && (named || is_argument_with_nickname(body))) {
    auto piece = tokens.piece();
    if (!piece) return piece.error();
    append(format, *piece);
  } else {
    append(format, tokens.rest());
  }
  return format;
}

Result<FormatText> read_format_text(std::string_view given) {
  if (given.size() > kMaxFormatSize) {
    return Error{"a log format may have at most " + std::to_string(kMaxFormatSize) + " characters"};
  }
  std::string_view text = given;
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  Tokens tokens(text);
  tokens.skip_spaces();
  if (tokens.done()) return Error{"the log format is empty"};
  const std::string_view body = text.substr(tokens.place());
  if (starts_directive(body)) {
    for (std::size_t i = 0; i < std::string_view("log_format").size(); ++i) tokens.advance();
    tokens.skip_spaces();
    if (tokens.done()) return at(tokens.place(), "a format must follow");
    if (auto name = tokens.piece(); !name) return name.error();
    return read_pieces(tokens, true);
  }
  if (body.starts_with("escape=")) return read_pieces(tokens, true);
  if (body.front() == '\'' || (body.front() == '"' && is_one_argument(body))) {
    return read_pieces(tokens, false);
  }
  FormatText format;
  append(format, tokens.rest());
  return format;
}

}  // namespace wayside
