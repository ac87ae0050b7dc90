#pragma once

#include <memory>
#include <string_view>

#include "exporters/prometheus/http/head.h"
#include "exporters/prometheus/http/shield.h"
#include "exporters/prometheus/http/tally.h"
#include "exporters/prometheus/http/transport.h"
#include "exporters/prometheus/pages.h"

namespace wayside {

// What became of one request.
struct Answer {
  int status = 0;          // 0: nothing could be sent
  std::string_view route;  // the path it was served under; empty: none of ours
};

// Who asks.
struct Peer {
  std::string_view address;  // numeric
  bool tls = false;
};

// What answering takes. All outlive it.
struct ResponderContext {
  Pages& pages;
  const ShieldHolder& shields;
  Tally& tally;
  HttpLimits limits;
};

// Answers one request over any transport: cpp-httplib reads the body, finds the handler and
// frames the answer, behind a head that was read strictly, the guard, a budget for the body and an
// allow-list of paths. One thread; each worker has its own.
class Responder {
 public:
  explicit Responder(const ResponderContext& context);
  ~Responder();

  // `rest` is what was received after the head.
  Answer answer(const RequestHead& head, std::string_view rest, const Peer& peer,
                Transport& transport);

 private:
  class Server;
  std::unique_ptr<Server> server_;
};

}  // namespace wayside
