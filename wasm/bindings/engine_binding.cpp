// The engine for JavaScript: a dozen bulk calls. Structures go over as JSON, curves as typed arrays, csv as UTF-8;
// nothing is handed over a packet at a time, and nothing throws across: a call for which memory does not suffice
// returns null, NaN or an empty text. Arrays are views of the engine's memory: the next call may overwrite them.
//
// clang-format off
//   new Engine(readAt, keep)  readAt(offset, length, address): reads the file again, synchronously, into the heap; how many bytes
//                          keep(address, length): of a gzip file, the next of its contents, for readAt to find again
//   input(length)          address for the next chunk
//   push(length)           parses it; whether to go on
//   isCompressed()         the file is gzip'ed: each byte pushed may bring a thousand
//   finish()               the file has ended
//   lackedMemory()         whether memory did not suffice for a call since this was asked last
//   status()               export/status_json.h
//   select(json)           {} all, {"active":true} without the idle tail, {"from_s":a,"to_s":b}: {"selected"}
//   show(name)             engine/view.h: how many packets the table shows
//   rows(first, count)     [[No., Time, Source, Destination, Protocol, Length, Info, …extra columns]]
//   positionOf(number)     of a packet in the table, -1 when it is not shown
//   summary()              export/summary_json.h
//   definitions(name)      export/definitions.h, for the file of this name
//   percentile(kind, p), distribution(kind, points)     kind: "size" (bytes) or "iat" (seconds)
//   timeline(json, bins)   export/timeline_json.h; of another selection than the one that is looked at
//   groups(by)             "direction", "protocol", "conversation"
//   csv(first, count)      the rows shown as csv, the header before row 0
//   details(number, most)  export/tree_json.h of a packet of a capture; {"reached":n} when it takes more than `most` packets
//                          to come there: ask again; {} when its bytes are not to be had
//   sourceBytes(i)         the bytes of data source i of the details that were told last
// clang-format on
#include <emscripten/bind.h>
#include <emscripten/heap.h>
#include <emscripten/val.h>
#include <rapidjson/document.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <new>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "analysis/cdf.h"
#include "analysis/groups.h"
#include "base/utf8.h"
#include "engine/engine.h"
#include "engine/packet_details.h"
#include "engine/view.h"
#include "export/definitions.h"
#include "export/groups_json.h"
#include "export/json.h"
#include "export/packets_csv.h"
#include "export/status_json.h"
#include "export/summary_json.h"
#include "export/timeline_json.h"
#include "export/tree_json.h"

namespace tracedrop {

namespace {

using analysis::Answers;
using emscripten::val;
using trace::PacketIndex;

/// The file, read again by the page's worker into a buffer of the heap.
class PageFile : public engine::ByteSource {
 public:
  PageFile(val read_at, val keep) : read_at_(std::move(read_at)), keep_(std::move(keep)) {}

  Bytes read(uint64_t offset, size_t length) override {
    if (buffer_.size() < length) buffer_.resize(length);
    const auto address = reinterpret_cast<uintptr_t>(buffer_.data());
    const double count =
        read_at_(static_cast<double>(offset), static_cast<double>(length), static_cast<double>(address)).as<double>();
    return {buffer_.data(), std::min(length, static_cast<size_t>(std::max(count, 0.0)))};
  }
  bool keep(Bytes contents) override {
    keep_(static_cast<double>(reinterpret_cast<uintptr_t>(contents.data())), static_cast<double>(contents.size()));
    return true;
  }

 private:
  val read_at_, keep_;
  std::vector<uint8_t> buffer_;
};

std::string_view state_name(engine::State state) {
  switch (state) {
    case engine::State::reading: return "reading";
    case engine::State::ready: return "ready";
    case engine::State::failed: break;
  }
  return "failed";
}

constexpr uint32_t kMostGroups = 100;

class EngineBinding {
 public:
  EngineBinding(val read_at, val keep)
      : file_(std::move(read_at), std::move(keep)),
        replayed_(file_),
        engine_(file_),
        view_(engine_.trace()),
        details_(engine_.trace(), replayed_) {}

  double input(double length) {
    if (input_.size() < static_cast<size_t>(length)) input_.resize(static_cast<size_t>(length));
    return static_cast<double>(reinterpret_cast<uintptr_t>(input_.data()));
  }
  bool push(double length) {
    return engine_.push(Bytes(input_.data(), std::min(static_cast<size_t>(length), input_.size())));
  }
  bool is_compressed() const { return engine_.is_compressed(); }
  bool lacked_memory() { return std::exchange(lacked_memory_, false); }
  void note_lack_of_memory() { lacked_memory_ = true; }
  void finish() {
    engine_.finish();
    input_ = {};
  }

  std::string status() const {
    return exporting::status_json(engine_.trace(), {state_name(engine_.state()), engine_.failure(),
                                                    engine_.is_compressed(), emscripten_get_heap_size()});
  }

  std::string select(const std::string& json) {
    view_.select(selection_of(json));
    exporting::Json answer;
    answer.begin_object();
    answer.count("selected", view_.selection().count());
    answer.end_object();
    return answer.take();
  }

  double show(const std::string& what) { return view_.show(what); }

  std::string rows(double first, double count) {
    exporting::Json json;
    json.begin_array();
    for_each_shown(first, count, [&](PacketIndex i) {
      engine_.row_texts(i, texts_);
      json.begin_array();
      for (const std::string* text : {&texts_.number, &texts_.time, &texts_.source, &texts_.destination,
                                      &texts_.protocol, &texts_.length, &texts_.info})
        json.text(*text);
      for (const std::string& text : texts_.extra) json.text(text);
      json.end_array();
    });
    json.end_array();
    return json.take();
  }

  double position_of(double number) const {
    const auto& shown = view_.shown();
    if (number < 1 || number > engine_.trace().size() || !shown.contains(static_cast<PacketIndex>(number - 1)))
      return -1;
    const auto packet = static_cast<PacketIndex>(number - 1);
    uint32_t low = 0, high = shown.count();
    while (low < high) {
      const uint32_t middle = low + (high - low) / 2;
      if (shown.at(middle) < packet) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  std::string summary() { return exporting::summary_json(engine_.trace(), view_.answers()); }
  std::string definitions(const std::string& name) {
    return exporting::definitions_json(engine_.trace(), {name, file_is_utf8()});
  }

  double percentile(const std::string& kind, double p) {
    const bool is_size = kind == "size";
    const analysis::Distribution& values = distribution_of(is_size);
    if (values.empty() || !(p >= 0 && p <= 100)) return std::numeric_limits<double>::quiet_NaN();
    return is_size ? analysis::percentile(values, p, analysis::Interpolation::numpy)
                   : analysis::percentile(values, p, analysis::Interpolation::exact, kNsPerSecond);
  }

  val distribution(const std::string& kind, double points) {
    const bool is_size = kind == "size";
    const analysis::Cdf curve =
        analysis::cdf(distribution_of(is_size), is_size ? analysis::Axis::linear : analysis::Axis::logarithmic,
                      static_cast<uint32_t>(std::clamp(points, 2.0, 1e9)));
    corners_.clear();
    if (!is_size) add_corners_left_of_logarithms();
    for (size_t i = 0; i < curve.x.size(); ++i)
      add_corner(is_size ? curve.x[i] : curve.x[i] / kNsPerSecond,
                 static_cast<double>(curve.at_most[i]) / static_cast<double>(curve.count));
    return val(emscripten::typed_memory_view(corners_.size(), corners_.data()));
  }

  std::string timeline(const std::string& json, double bins) {
    return exporting::timeline_json(engine_.trace(), selection_of(json),
                                    static_cast<uint32_t>(std::clamp(bins, 1.0, 1e6)));
  }

  std::string groups(const std::string& by) const {
    const auto kind = by == "direction"  ? analysis::GroupBy::direction
                      : by == "protocol" ? analysis::GroupBy::protocol
                                         : analysis::GroupBy::conversation;
    return exporting::groups_json(analysis::groups(engine_.trace(), view_.selection(), kind, kMostGroups));
  }

  val csv(double first, double count) {
    lines_.assign(first == 0 ? exporting::kPacketsCsvHeader : std::string_view());
    for_each_shown(first, count, [&](PacketIndex i) {
      engine_.row_texts(i, texts_);
      exporting::append_csv_line(lines_, {texts_.number, texts_.time, texts_.source, texts_.destination,
                                          texts_.protocol, texts_.length, texts_.info});
    });
    return val(emscripten::typed_memory_view(lines_.size(), reinterpret_cast<const uint8_t*>(lines_.data())));
  }

  std::string details(double number, double most) {
    const auto packet = static_cast<PacketIndex>(std::clamp(number - 1, 0.0, double{UINT32_MAX - 1}));
    exporting::Json json;
    json.begin_object();
    if (!details_.advance(packet, static_cast<uint32_t>(std::clamp(most, 1.0, 1e9)))) {
      json.count("reached", details_.reached());
    } else if (details_.tree() != nullptr) {
      return exporting::tree_json(*details_.tree(), packet + 1);
    }
    json.end_object();
    return json.take();
  }

  val source_bytes(double index) const {
    const dissect::Tree* const tree = details_.tree();
    if (tree == nullptr || !(index >= 0 && index < static_cast<double>(tree->sources().size()))) return val::null();
    const dissect::Source& source = tree->sources()[static_cast<size_t>(index)];
    return val(emscripten::typed_memory_view(source.size, source.data));
  }

 private:
  /// What select() and timeline() take.
  trace::Selection selection_of(const std::string& json) const {
    rapidjson::Document asked;
    asked.Parse(json.data(), json.size());
    if (!asked.IsObject()) return view_.all();
    if (asked.HasMember("from_s") && asked.HasMember("to_s") && asked["from_s"].IsNumber() && asked["to_s"].IsNumber())
      return view_.between(asked["from_s"].GetDouble(), asked["to_s"].GetDouble());
    return asked.HasMember("active") && asked["active"].IsTrue() ? view_.active() : view_.all();
  }
  static constexpr uint32_t kNsPerSecond = 1'000'000'000;

  /// Of a csv; nobody asks of a capture.
  bool file_is_utf8() {
    constexpr size_t kPiece = 1 << 20;
    Utf8Checker checker;
    PageFile file = file_;  // with a buffer of its own: in the other one lies what rows are read from
    const uint64_t size = engine_.trace().kind == trace::SourceKind::csv ? engine_.trace().bytes_read : 0;
    for (uint64_t at = 0; at < size; at += kPiece)
      checker.push(file.read(at, static_cast<size_t>(std::min<uint64_t>(kPiece, size - at))));
    return checker.good();
  }

  void add_corner(double x, double fraction) {
    corners_.push_back(x);
    corners_.push_back(fraction);
  }

  /// What a logarithmic axis has no place for is two corners more: all negative gaps as one, and the zeros.
  void add_corners_left_of_logarithms() {
    const analysis::Distribution& gaps = view_.answers().distributions.interarrival_ns;
    if (gaps.empty()) return;
    const double below = gaps.fraction_at_most(-1);
    const double up_to_zero = gaps.fraction_at_most(0);
    if (below > 0) add_corner(-1.0 / kNsPerSecond, below);
    if (up_to_zero > below) add_corner(0, up_to_zero);
  }

  const analysis::Distribution& distribution_of(bool is_size) {
    const auto& both = view_.answers().distributions;
    return is_size ? both.size : both.interarrival_ns;
  }

  template <typename Visit>
  void for_each_shown(double first, double count, Visit&& visit) {
    const auto& shown = view_.shown();
    const auto from = static_cast<uint32_t>(std::clamp(first, 0.0, double{static_cast<double>(shown.count())}));
    const auto to = static_cast<uint32_t>(
        std::clamp(first + count, double{static_cast<double>(from)}, double{static_cast<double>(shown.count())}));
    if (from < to) engine_.will_show(shown.at(from), shown.at(to - 1) + 1, to - from);
    for (uint32_t n = from; n < to; ++n) visit(shown.at(n));
  }

  PageFile file_;
  PageFile replayed_;  // with a buffer of its own: in the other one lies what rows are read from
  engine::Engine engine_;
  engine::View view_;
  engine::PacketDetails details_;
  engine::RowTexts texts_;
  std::vector<uint8_t> input_;
  std::vector<double> corners_;
  std::string lines_;
  bool lacked_memory_ = false;
};

template <typename Result>
Result nothing() {
  if constexpr (std::is_same_v<Result, val>) {
    return val::null();
  } else if constexpr (std::is_same_v<Result, double>) {
    return std::numeric_limits<double>::quiet_NaN();
  } else {
    return Result();
  }
}

/// The method as a function that throws nothing.
template <auto method, typename Result, typename... Arguments>
Result guarded(EngineBinding& engine, Arguments... arguments) {
  try {
    return (engine.*method)(std::move(arguments)...);
  } catch (const std::bad_alloc&) {
  } catch (const std::length_error&) {  // what is larger than the address space
  }
  engine.note_lack_of_memory();
  return nothing<Result>();
}

template <auto method, typename Result, typename... Arguments>
constexpr auto guard_for(Result (EngineBinding::*)(Arguments...)) {
  return &guarded<method, Result, std::decay_t<Arguments>...>;
}
template <auto method, typename Result, typename... Arguments>
constexpr auto guard_for(Result (EngineBinding::*)(Arguments...) const) {
  return &guarded<method, Result, std::decay_t<Arguments>...>;
}
template <auto method>
constexpr auto guard() {
  return guard_for<method>(method);
}

}  // namespace

EMSCRIPTEN_BINDINGS(tracedrop) {
  emscripten::class_<EngineBinding>("Engine")
      .constructor<val, val>()
      .function("input", guard<&EngineBinding::input>())
      .function("push", guard<&EngineBinding::push>())
      .function("finish", guard<&EngineBinding::finish>())
      .function("isCompressed", &EngineBinding::is_compressed)
      .function("lackedMemory", &EngineBinding::lacked_memory)
      .function("status", guard<&EngineBinding::status>())
      .function("select", guard<&EngineBinding::select>())
      .function("show", guard<&EngineBinding::show>())
      .function("rows", guard<&EngineBinding::rows>())
      .function("positionOf", guard<&EngineBinding::position_of>())
      .function("summary", guard<&EngineBinding::summary>())
      .function("definitions", guard<&EngineBinding::definitions>())
      .function("percentile", guard<&EngineBinding::percentile>())
      .function("distribution", guard<&EngineBinding::distribution>())
      .function("timeline", guard<&EngineBinding::timeline>())
      .function("groups", guard<&EngineBinding::groups>())
      .function("csv", guard<&EngineBinding::csv>())
      .function("details", guard<&EngineBinding::details>())
      .function("sourceBytes", guard<&EngineBinding::source_bytes>());
}

}  // namespace tracedrop
