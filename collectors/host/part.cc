#include "collectors/host/part.h"

#include <utility>

#include "agent/system/kernel_file.h"
#include "collectors/host/reading.h"

namespace wayside {
namespace {

class TextPart final : public HostPart {
 public:
  TextPart(std::filesystem::path path, void (*add)(std::string_view, FamilyList&))
      : file_(std::move(path)), add_(add) {}

  Outcome read(FamilyList& out) override {
    const auto text = file_.read();
    if (!text) return unreadable(file_, text.error());
    const std::size_t before = out.size();
    add_(*text, out);
    if (out.size() > before) return Outcome::ok();
    return Outcome::failed(file_.path().string() + ": has nothing that wayside understands");
  }

 private:
  KernelFile file_;
  void (*add_)(std::string_view, FamilyList&);
};

}  // namespace

std::unique_ptr<HostPart> text_part(std::filesystem::path path,
                                    void (*add)(std::string_view text, FamilyList& out)) {
  return std::make_unique<TextPart>(std::move(path), add);
}

}  // namespace wayside
