#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "exporters/prometheus/endpoint.h"
#include "exporters/prometheus/http/negotiation.h"

namespace wayside {

inline constexpr std::string_view kPlainText = "text/plain; charset=utf-8";

// A small answer, whole in memory.
struct Page {
  int status = 200;
  std::string_view type = kPlainText;
  std::string body;
};

// The parameters of a query, decoded. Of a repeated one the first counts.
using Query = std::multimap<std::string, std::string>;

// How a client reached the endpoint.
struct Reached {
  std::string host;  // as the request's Host has it: "10.0.0.1:19100"
  bool tls = false;
};

// What the endpoint's paths say, without a word about how it is sent. Thread-safe.
class Pages {
 public:
  explicit Pages(EndpointContext context) : context_(std::move(context)) {}

  [[nodiscard]] Page index();
  [[nodiscard]] Page health();
  [[nodiscard]] Page alive();
  [[nodiscard]] Page ready();
  [[nodiscard]] Page reload();                      // one at a time: 503 while one is under way
  [[nodiscard]] Page clients(const Query& query);   // of all services, or of `service`
  [[nodiscard]] Page problems(const Query& query);  // of all sources, or of `source`

  [[nodiscard]] Page targets(const Reached& reached);  // Prometheus' HTTP service discovery

  // What a query selects by `collect[]` and `target`, or the page that says what there is.
  [[nodiscard]] std::variant<Selection, Page> select(const Query& query, MetricsFormat format);
  // All that is selected, in bounded pieces, compressed by gzip where asked for. False as soon as
  // `write` is.
  using Write = std::function<bool(std::string_view)>;
  [[nodiscard]] bool metrics(const Selection& selection, MetricsFormat format, bool gzip,
                             const Write& write);

  [[nodiscard]] const EndpointContext& context() const { return context_; }

 private:
  [[nodiscard]] bool write_metrics(const Selection& selection, MetricsFormat format,
                                   const Write& write);

  EndpointContext context_;
  std::mutex reloading_;
};

// The paths served: which methods each takes and which page answers. /metrics has no page since
// it is streamed, /sd none since it depends on how it was reached.
struct ServedPath {
  std::string_view path;
  std::string_view allow;  // as the header of that name
  Page (*page)(Pages& pages, const Query& query) = nullptr;

  [[nodiscard]] bool allows(std::string_view method) const;
};
std::span<const ServedPath> served_paths();
const ServedPath* find_path(std::string_view path);

}  // namespace wayside
