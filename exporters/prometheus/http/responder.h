#pragma once

#include <memory>
#include <string_view>

#include "exporters/prometheus/http/head.h"
#include "exporters/prometheus/http/transport.h"
#include "exporters/prometheus/pages.h"

namespace wayside {

// What became of one request.
struct Answer {
  int status = 0;          // 0: nothing could be sent
  std::string_view route;  // the path it was served under; empty: none of ours
};

// Answers one request over any transport: cpp-httplib reads the body, finds the handler and
// frames the answer, behind a head that was read strictly, a budget for the body and an
// allow-list of paths. One thread; each worker has its own.
class Responder {
 public:
  Responder(Pages& pages, const HttpLimits& limits);
  ~Responder();

  // `rest` is what was received after the head.
  Answer answer(const RequestHead& head, std::string_view rest, Transport& transport);

 private:
  class Server;
  std::unique_ptr<Server> server_;
};

}  // namespace wayside
