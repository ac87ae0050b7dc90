#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "agent/core/config_map.h"

namespace wayside {

// Reads a config as a test wants it: its own file name and variables, and the problems as texts.
struct ConfigReading {
  std::string file = "wayside.yaml";
  std::map<std::string, std::string> variables;

  std::vector<std::string> problems(std::string_view text,
                                    const std::function<void(ConfigMap&)>& read) const {
    ConfigContext context;
    context.file = file;
    context.env = [this](const std::string& name) -> std::optional<std::string> {
      const auto found = variables.find(name);
      if (found == variables.end()) return std::nullopt;
      return found->second;
    };
    read_config(text, context, read);
    std::vector<std::string> out;
    for (const ConfigProblem& problem : context.problems) out.push_back(problem.text());
    return out;
  }
};

}  // namespace wayside
