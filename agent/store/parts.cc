#include "agent/store/parts.h"

namespace wayside {

const FamilyDesc& FamilyPart::desc() const {
  return std::visit(
      [](const auto* family) -> const FamilyDesc& {
        if constexpr (std::is_same_v<decltype(family), const StoredFamily*>) {
          return family->desc();
        } else {
          return family->desc;
        }
      },
      family_);
}

bool FamilyPart::empty() const {
  if (const auto* stored = std::get_if<const StoredFamily*>(&family_)) {
    return (*stored)->empty();
  }
  return std::get<const RenderedFamily*>(family_)->samples.empty();
}

std::uint32_t FamilyPart::invalid() const {
  const auto* rendered = std::get_if<const RenderedFamily*>(&family_);
  return rendered == nullptr ? 0 : (*rendered)->invalid;
}

void FamilyPart::samples(const Selection& selection, SampleSink& sink) const {
  if (const auto* stored = std::get_if<const StoredFamily*>(&family_)) {
    (*stored)->samples(selection, sink);
  } else {
    yield_samples(*std::get<const RenderedFamily*>(family_), sink);
  }
}

}  // namespace wayside
