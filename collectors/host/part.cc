#include "collectors/host/part.h"

#include <optional>
#include <utility>

#include "agent/system/field_text.h"
#include "agent/system/kernel_file.h"
#include "collectors/host/reading.h"

namespace wayside {
namespace {

class TextPart final : public HostPart {
 public:
  TextPart(const std::vector<TextSource>& sources, std::string help) : help_(std::move(help)) {
    files_.reserve(sources.size());
    for (const TextSource& source : sources)
      files_.push_back({KernelFile(source.path), source.add});
  }

  Outcome read(FamilyList& out) override {
    std::optional<Outcome> whole;
    for (File& file : files_) {
      Outcome came = read(file, out);
      if (came.state == Outcome::State::failed) return finish(std::move(came), file, out);
      if (!whole || came.state == Outcome::State::ok) whole = std::move(came);
    }
    return help_.empty() ? *std::move(whole) : required(*std::move(whole), help_);
  }

 private:
  struct File {
    KernelFile text;
    void (*add)(std::string_view, FamilyList&);
  };

  static Outcome read(File& file, FamilyList& out) {
    const auto text = file.text.read();
    if (!text) return unreadable(file.text, text.error());
    // Its sums would be wrong.
    if (text->size() == KernelFile::kMost) return too_long(file.text);
    const std::size_t before = count_added(out);
    file.add(whole_lines(*text), out);
    if (count_added(out) > before) return Outcome::ok();
    return not_understood(file.text);
  }

  // One file failed: the others, after it, still tell what they can.
  Outcome finish(Outcome failure, const File& failed, FamilyList& out) {
    bool after = false;
    for (File& file : files_) {
      if (after) static_cast<void>(read(file, out));
      after = after || &file == &failed;
    }
    if (!help_.empty()) failure.why += ": " + help_;
    return failure;
  }

  std::vector<File> files_;
  std::string help_;
};

}  // namespace

std::unique_ptr<HostPart> text_part(const std::vector<TextSource>& sources, std::string help) {
  return std::make_unique<TextPart>(sources, std::move(help));
}

}  // namespace wayside
