// native_capture: captures the packets of a host into a file, or reads one and answers the lab's questions.
#include <cstdio>
#include <exception>
#include <new>
#include <string>

#include "capture.h"
#include "failure.h"
#include "help_text.h"
#include "interfaces.h"
#include "message.h"
#include "options.h"
#include "platform.h"
#include "read_file.h"
#include "watch.h"

namespace {

using namespace tracedrop::native_capture;

ExitStatus run(int argc, char** argv) {
  const Options options = parse_options(argc, argv);
  switch (options.task) {
    case Task::capture: return capture(options.capture);
    case Task::read: platform::drop_rights(); return read_file(options.read, stdout);
    case Task::list_interfaces: list_interfaces(options.list); break;
    case Task::watch: watch_interfaces(options.capture.stop.duration); break;
    case Task::usage: std::fputs(usage_text().c_str(), stderr); return kUnusable;
    case Task::nothing: break;
  }
  return kDone;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    platform::prepare_standard_streams();
    platform::lower_rights();
    return run(argc, argv);
  } catch (const Failure& failure) {
    say(std::string("native_capture: ") + failure.what());
    return failure.status();
  } catch (const std::bad_alloc&) {
    std::fputs("native_capture: there is not enough memory\n", stderr);
    return kNothingDone;
  } catch (const std::exception& error) {
    say(std::string("native_capture: ") + error.what());
    return kNothingDone;
  }
}
