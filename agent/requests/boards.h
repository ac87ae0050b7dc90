#pragma once

#include "agent/requests/client_board.h"
#include "agent/requests/problem_board.h"
#include "agent/requests/service_notes.h"

namespace wayside {

// What sources and recorders of one agent tell each other and its pages. Outlives them all.
struct RequestBoards {
  NotesBoard notes;
  ClientBoard clients;
  ProblemBoard problems;
};

}  // namespace wayside
