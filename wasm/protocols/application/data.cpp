// What no protocol claims, as Wireshark shows it: the bytes and how many there are.
#include "protocols/application/data.h"

#include "protocols/list.h"

namespace tracedrop::dissect {

namespace data {
namespace {

struct Fields {
  Field data{"data.data", "Data", raw_bytes};
  Field length{"data.len", "Length", s32};
} constexpr f;

void write(Tree& tree, uint32_t line, Bytes bytes) {
  tree.append(line, " (", Counted{bytes.wire_size(), "byte", "bytes"}, ')');
  tree.open(line);
  tree.add(f.data, bytes);
  tree.line(tree.add(f.length, bytes.first(0), bytes.wire_size())).is_generated = true;
  tree.close(line);
}

}  // namespace
}  // namespace data

void report_data(Tree& tree, Bytes bytes) {
  const uint32_t line = tree.add_line(bytes);
  tree.line(line).protocol = &data_protocol;
  data::write(tree, line, bytes);
}

void dissect_data(Context& context, Bytes bytes) {
  if (bytes.empty()) return;
  context.enter_layer(data_protocol);
  Tree* const tree = context.tree();
  if (tree == nullptr) return;
  const uint32_t line = tree->open_layer(data_protocol, bytes);
  data::write(*tree, line, bytes);
  tree->close_layer(line, bytes);
}

const Protocol data_protocol{
    .filter_name = "data", .column_name = "Data", .title = "Data", .fields = listed<data::f>, .dissect = dissect_data};

}  // namespace tracedrop::dissect
