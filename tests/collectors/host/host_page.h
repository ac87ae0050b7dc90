#pragma once

#include <memory>
#include <string>

#include "agent/store/exposition.h"
#include "agent/store/rendered.h"
#include "exporters/prometheus/format/page_encoder.h"

namespace wayside {

// What a scrape in text format 0.0.4 gets of these families.
inline std::string page_of(const FamilyList& families) {
  ManualClock clock;
  const Store store(clock);
  auto snapshot = std::make_shared<Snapshot>();
  auto rendered = render(families, {});
  if (!rendered) return rendered.error().message;
  snapshot->publish(std::move(rendered).value());
  Exposition exposition(store);
  exposition.add(snapshot);
  std::string page;
  encode_page(exposition, selection_for(MetricsFormat::text), MetricsFormat::text, {},
              [&page](std::string_view piece) {
                page += piece;
                return true;
              });
  return page;
}

}  // namespace wayside
