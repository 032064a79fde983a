#include "protocols/transport/tcp/segments_tree.h"

#include <algorithm>

#include "protocols/transport/tcp/fields.h"

namespace tracedrop::dissect::tcp {

namespace {

constexpr const SegmentFields& s = f.segment;

void bracket(Tree& tree, uint32_t line) { tree.line(line).is_generated = true; }

void report_part(Tree& tree, const MessagePart& part, Bytes whole, size_t reached) {
  const uint32_t line = tree.add(s.segment, whole.sub(part.at, part.size), part.packet + 1);
  bracket(tree, line);
  if (part.size == 0) {
    tree.replace(line, "Frame: ", part.packet + 1, " (no data)");
    return;
  }
  tree.replace(line, "Frame: ", part.packet + 1, ", payload: ", part.at, '-', part.at + part.size - 1, " (",
               Counted{part.size, "byte", "bytes"}, ')');
  if (part.at >= reached) return;
  tree.open(line);
  bracket(tree, tree.add(s.overlap, whole.sub(part.at, 0), 1));
  tree.close(line);
}

void report_data(Tree& tree, std::string_view what, Bytes part) {
  const uint32_t line = tree.add(s.data, part);
  tree.replace(line, what, " (", Counted{part.size(), "byte", "bytes"}, ')');
}

/// In the order of the message.
std::vector<MessagePart> in_order(const std::vector<MessagePart>& parts) {
  std::vector<MessagePart> sorted = parts;
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const MessagePart& a, const MessagePart& b) { return a.at < b.at; });
  return sorted;
}

}  // namespace

uint32_t begin_segments(Tree& tree) {
  const uint32_t layer = tree.open_layer_line(s.all);
  tree.close_layer(layer, {});
  return layer;
}

void report_segments(Tree& tree, uint32_t layer, const std::vector<MessagePart>& arrived, Bytes whole) {
  const std::vector<MessagePart> parts = in_order(arrived);
  tree.open(layer);
  bracket(tree, layer);
  tree.replace(layer, parts.size(), " Reassembled TCP Segments (", Counted{whole.size(), "byte", "bytes"}, "): ");
  for (size_t i = 0; i < parts.size(); ++i)
    tree.append(layer, i == 0 ? "#" : ", #", parts[i].packet + 1, '(', parts[i].size, ')');
  tree.set_range(layer, whole);
  size_t reached = 0;
  for (const MessagePart& part : parts) {
    report_part(tree, part, whole, reached);
    reached = std::max(reached, part.at + part.size);
  }
  bracket(tree, tree.add(s.count, whole.first(0), parts.size()));
  bracket(tree, tree.add(s.length, whole.first(0), whole.size()));
  bracket(tree, tree.add(s.whole, whole));
  tree.close(layer);
}

void report_segment_data(Tree& tree, Bytes part) {
  if (!part.empty()) report_data(tree, s.data.title, part);
}

void lengthen_segment_data(Tree& tree, uint32_t line, Bytes part) {
  tree.replace(line, s.data.title, " (", Counted{part.size(), "byte", "bytes"}, ')');
  tree.set_range(line, part);
}

void report_open_data(const Context& context, Bytes part) {
  Tree* const tree = context.tree();
  if (tree == nullptr || part.empty()) return;
  if (context.link() != 0 && context.link() != context.index + 1)
    bracket(*tree, tree->add(s.reassembled_in, {}, context.link()));
  report_data(*tree, s.data.title, part);
}

void report_repeated_data(const Context& context, Bytes part) {
  Tree* const tree = context.tree();
  if (tree == nullptr || part.empty()) return;
  if ((context.row.notes & kKeepAlive) != 0) {
    tree->replace(tree->add(s.data, part), "TCP keep-alive garbage octet");
  } else if (context.link() != 0) {
    report_open_data(context, part);
  } else if ((context.row.notes & kRetransmission) != 0) {
    report_data(*tree, "Retransmitted TCP segment data", part);
  }
}

}  // namespace tracedrop::dissect::tcp
