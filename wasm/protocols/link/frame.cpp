// The frame: what the capture file tells of a packet, before its first layer and about all of them. It is where every
// packet begins.
#include <algorithm>
#include <iterator>

#include "dissect/dissector.h"
#include "dissect/layer.h"
#include "protocols/link/encapsulations.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

namespace frame {
namespace {

void write_bits(std::string& out, uint64_t bytes) {
  append(out, Counted{bytes, "byte", "bytes"}, " (", Counted{bytes * 8, "bit", "bits"}, ')');
}

void write_epoch(std::string& out, uint64_t ns) { append_seconds(out, static_cast<int64_t>(ns), 9); }

constexpr ValueName kEncodings[] = {{0, "ASCII"}, {1, "EBCDIC"}};

struct Fields {
  Field section{"frame.section_number", "Section number", u32};
  Field interface_id{"frame.interface_id", "Interface id", u32};
  Field interface_name{"frame.interface_name", "Interface name", plain_text};
  Field interface_description{"frame.interface_description", "Interface description", plain_text};
  Field encapsulation{"frame.encap_type", "Encapsulation type", s16, kEncapsulationNames};
  Field time{"frame.time", "Arrival Time", absolute_ns};
  Field time_utc{"frame.time_utc", "UTC Arrival Time", utc_ns};
  Field time_epoch{"frame.time_epoch", "Epoch Arrival Time", absolute_ns, write_epoch};
  Field shift{"frame.offset_shift", "Time shift for this packet", relative_ns};
  Field delta{"frame.time_delta", "Time delta from previous captured frame", relative_ns};
  Field delta_displayed{"frame.time_delta_displayed", "Time delta from previous displayed frame", relative_ns};
  Field relative{"frame.time_relative", "Time since reference or first frame", relative_ns};
  Field number{"frame.number", "Frame Number", u32};
  Field length{"frame.len", "Frame Length", u32, write_bits};
  Field captured{"frame.cap_len", "Capture Length", u32, write_bits};
  Field marked{"frame.marked", "Frame is marked", boolean};
  Field ignored{"frame.ignored", "Frame is ignored", boolean};
  Field protocols{"frame.protocols", "Protocols in frame", plain_text};
  Field encoding{"frame.encoding", "Character encoding", u8, kEncodings};
  Field malformed{"_ws.malformed", "Malformed Packet"};
  Field malformed_expert{"_ws.malformed.expert", "Malformed Packet (Exception occurred)"};
  Field cut{"_ws.short", "Packet size limited during capture"};
} constexpr f;

uint16_t encapsulation_of(uint16_t link_type) {
  const auto found = std::find_if(std::begin(kEncapsulations), std::end(kEncapsulations),
                                  [&](const Encapsulation& known) { return known.link_type == link_type; });
  return found == std::end(kEncapsulations) ? uint16_t{0} : found->number;
}

/// The lines of the first layer; its own covers the whole frame, they stand for no bytes.
class Report {
 public:
  Report(Tree& tree, const Packet& packet) : tree_(tree), frame_(*packet.frame) {
    layer_ = tree_.open_layer(frame_protocol, packet.bytes);
    tree_.replace(layer_, "Frame ", frame_.number, ": Packet, ", Counted{frame_.wire_len, "byte", "bytes"},
                  " on wire (", Counted{uint64_t{frame_.wire_len} * 8, "bit", "bits"}, "), ",
                  Counted{frame_.cap_len, "byte", "bytes"}, " captured (",
                  Counted{uint64_t{frame_.cap_len} * 8, "bit", "bits"}, ")");
    append_interface();
    add_interface();
    add(f.encapsulation, encapsulation_of(packet.link_type));
    if (frame_.has_time) add_times();
    add(f.number, frame_.number);
    add(f.length, frame_.wire_len);
    add(f.captured, frame_.cap_len);
    add(f.marked, 0, true);
    add(f.ignored, 0, true);
    protocols_ = tree_.add_text_value(f.protocols, {}, {});
    tree_.line(protocols_).is_generated = true;
    add(f.encoding, 0);
    tree_.close_layer(layer_, packet.bytes);
  }

  void complete(const Context& context) {
    if (!tree_.wants(f.protocols)) return;
    std::string names;
    for (const Protocol* layer : context.layers()) {
      if (!names.empty()) names += ':';
      names += layer->filter_name;
    }
    tree_.set_text_value(protocols_, names);
  }

 private:
  void add(const Field& field, uint64_t value, bool is_generated = false) {
    tree_.line(tree_.add(field, {}, value)).is_generated = is_generated;
  }
  void add_text(const Field& field, std::string_view text) { tree_.add_text_value(field, {}, text); }

  void append_interface() {
    if (!frame_.interface) return;
    tree_.append(layer_, " on interface ", frame_.interface_name.empty() ? "unknown" : frame_.interface_name, ", id ",
                 *frame_.interface);
  }
  void add_interface() {
    if (!frame_.interface) return;
    const std::string_view name = frame_.interface_name.empty() ? "unknown" : frame_.interface_name;
    if (frame_.section) add(f.section, *frame_.section);
    const uint32_t id = tree_.add(f.interface_id, {}, *frame_.interface);
    tree_.append(id, " (", name, ")");
    tree_.open(id);
    add_text(f.interface_name, name);
    if (!frame_.interface_description.empty()) add_text(f.interface_description, frame_.interface_description);
    tree_.close(id);
  }
  void add_times() {
    const auto ns = static_cast<uint64_t>(frame_.ts_ns);
    add(f.time, ns);
    add(f.time_utc, ns);
    add(f.time_epoch, ns);
    add(f.shift, 0, true);
    if (frame_.since_previous_ns) {
      add(f.delta, static_cast<uint64_t>(*frame_.since_previous_ns), true);
      add(f.delta_displayed, static_cast<uint64_t>(*frame_.since_previous_ns), true);
    }
    add(f.relative, static_cast<uint64_t>(frame_.since_first_ns), true);
  }

  Tree& tree_;
  const Frame& frame_;
  uint32_t layer_ = 0, protocols_ = 0;
};

/// What Wireshark puts at the end of a packet that ends too early.
void report_shortage(Tree& tree, const Context& context) {
  if (context.shortage == Shortage::none) return;
  const Protocol& layer = context.short_layer == nullptr ? frame_protocol : *context.short_layer;
  const std::string_view name = layer.short_name.empty() ? layer.column_name : layer.short_name;
  if (context.shortage == Shortage::snapped) {
    const uint32_t line = tree.open_layer_line(f.cut);
    tree.replace(line, "[Packet size limited during capture: ", name, " truncated]");
    return tree.close_layer(line, {});
  }
  const uint32_t line = tree.open_layer_line(f.malformed);
  const std::string_view why =
      context.shortage == Shortage::contained ? ": length of contained item exceeds length of containing item" : "";
  tree.replace(line, "[Malformed Packet: ", name, why, "]");
  Layer::add_expert(tree, f.malformed_expert, Severity::error, ExpertGroup::malformed, f.malformed_expert.title);
  tree.close_layer(line, {});
}

void dissect_first_layer(Context& context, Bytes bytes) {
  const Packet& packet = *context.packet;
  if (context.call(link_types, packet.link_type, bytes)) return;
  context.set_protocol("Unknown");
  context.append_info("WTAP_ENCAP = ", packet.link_type);
}

void dissect(Context& context, Bytes bytes) {
  const Packet& packet = *context.packet;
  const size_t wire = bytes.wire_size();
  const Bytes without_fcs =
      packet.fcs_bytes > 0 && wire > packet.fcs_bytes ? bytes.first(wire - packet.fcs_bytes) : bytes;
  Tree* const tree = context.tree();
  if (tree == nullptr || packet.frame == nullptr || !tree->reaches(frame_protocol))
    return dissect_first_layer(context, without_fcs);
  Report report(*tree, packet);
  dissect_first_layer(context, without_fcs);
  report_shortage(*tree, context);
  report.complete(context);
}

}  // namespace
}  // namespace frame

const Protocol frame_protocol{.filter_name = "frame",
                              .column_name = "Frame",
                              .title = "Frame",
                              .fields = listed<frame::f>,
                              .dissect = frame::dissect,
                              .holds_own_fields_only = true};

const Protocol& first_protocol() { return frame_protocol; }

}  // namespace tracedrop::dissect
