#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/core/result.h"
#include "collectors/access_log/format/escapes.h"
#include "collectors/access_log/format/log_format.h"
#include "collectors/access_log/format/options.h"
#include "collectors/access_log/format/time_pattern.h"
#include "collectors/access_log/format/variables.h"

namespace wayside {

// One value of a format's lines, and the literal after it.
struct Slot {
  std::string name;   // as the format has it: "$status", "%>s"
  std::string alias;  // the nginx variable that tells of the same, without its dollar
  Variable variable;
  Field field = Field::skip;
  std::uint32_t place = 0;  // in what was given, counted from 1
  bool who = false;
  std::string time;  // of a time: how strftime was told to write it
  std::string literal;
};

// A format taken apart, whatever wrote it.
struct FormatParts {
  std::string text;
  std::string lead;  // the literal in front of the first value
  std::vector<Slot> slots;
  Escaping escaping = Escaping::backslash;
  Field prefix = Field::skip;  // what may stand in front of the lead
  Ending ending;
  bool coloured = false;
  bool (*tells_other)(std::string_view line) = nullptr;

  // The literal that grows while the format is read on.
  std::string& tail() { return slots.empty() ? lead : slots.back().literal; }
};

// An error at a character of what was given.
Error at_place(std::uint32_t place, const std::string& what);

// Decides which slot tells of what, and how each is found. An error says what keeps lines of such
// a format from being read.
Result<LogFormat> compile_parts(FormatParts parts, const FormatOptions& options);

}  // namespace wayside
