#include "dissect/tree.h"

#include <algorithm>

namespace tracedrop::dissect {

Tree::Tree() { begin({}); }

void Tree::want(const FieldSet* set, bool has_texts) {
  set_ = set;
  has_texts_ = has_texts;
  begin({});
}

void Tree::begin(Bytes packet) {
  lines_.clear();
  if (set_ != nullptr) {
    Line& unwanted = lines_.emplace_back();
    unwanted.parent = kUnwanted;
    unwanted.is_hidden = true;
  }
  open_.clear();
  own_.clear();
  texts_.clear();
  sources_.assign(1, {"Packet", packet.data(), packet.size()});
  last_ = Line::kNone;
  top_ = Line::kNone;
  from_ = to_ = {};
}

std::string_view Tree::value_of(const Line& line) const {
  return line.has_text_value ? view(line.value_at, line.value_size) : bytes_of(line).text();
}

Bytes Tree::bytes_of(const Line& line) const {
  const Source& source = sources_[line.source];
  return Bytes(source.data, source.size).sub(line.pos, line.size);
}

Bytes Tree::add_source(std::string_view name, Bytes bytes) {
  own_.emplace_back(bytes.data(), bytes.data() + bytes.size());
  sources_.push_back({name, own_.back().data(), bytes.size()});
  return {own_.back().data(), bytes.size(), bytes.wire_size()};
}

void Tree::take_back(const Mark& mark) {
  lines_.resize(mark.lines);
  sources_.resize(mark.sources);
  last_ = mark.last;
}

/// The source that holds the range, the latest first: an empty range behind the end of one is in none of the others.
inline bool Tree::place(Line& line, Bytes range) const {
  if (range.data() == nullptr) return false;
  for (size_t i = sources_.size(); i-- > 0;) {
    const Source& source = sources_[i];
    if (source.data == nullptr || range.data() < source.data) continue;
    if (range.data() + range.size() > source.data + source.size) continue;
    line.source = static_cast<uint16_t>(i);
    line.pos = static_cast<uint32_t>(range.data() - source.data);
    line.size = static_cast<uint32_t>(range.size());
    return true;
  }
  return false;
}

inline uint32_t Tree::innermost_open() const {
  for (size_t i = open_.size(); i-- > 0;)
    if (!is_unwanted(open_[i])) return open_[i];
  return Line::kNone;
}

inline Line& Tree::add(Bytes range) {
  last_ = static_cast<uint32_t>(lines_.size());
  Line& line = lines_.emplace_back();
  line.parent = innermost_open();
  if (!place(line, range) && line.parent != Line::kNone) line.source = lines_[line.parent].source;
  return line;
}

uint32_t Tree::open_layer(const Protocol& protocol, Bytes range, uint32_t within) {
  open_.push_back(within);
  Line& line = add(range);
  line.protocol = &protocol;
  line.number = line.size;
  open_.back() = last_;
  return last_;
}

uint32_t Tree::open_layer_of(const Protocol& protocol) const {
  for (size_t i = open_.size(); i-- > 0;)
    if (open_[i] != Line::kNone && lines_[open_[i]].protocol == &protocol) return open_[i];
  return Line::kNone;
}

size_t Tree::end_of_layers_in(uint32_t index) const {
  size_t end = 0;
  for (size_t i = index + 1; i < lines_.size(); ++i)
    if (lines_[i].parent == index && lines_[i].protocol != nullptr && lines_[i].source == lines_[index].source)
      end = std::max<size_t>(end, size_t{lines_[i].pos} + lines_[i].size);
  return end;
}

uint32_t Tree::nest() {
  const uint32_t before = top_;
  if (!open_.empty()) top_ = open_.back();
  return before;
}

uint32_t Tree::open_layer_line(const Field& field) {
  open_.push_back(Line::kNone);
  Line& line = add(Bytes{});
  line.field = &renamed(field);
  open_.back() = last_;
  return last_;
}

void Tree::close_layer(uint32_t layer, Bytes range) {
  while (!open_.empty() && open_.back() != layer) open_.pop_back();
  if (!open_.empty()) open_.pop_back();
  set_range(layer, range);
}

void Tree::open(uint32_t line) { open_.push_back(line); }

void Tree::close(uint32_t line) {
  if (!open_.empty() && open_.back() == line) open_.pop_back();
}

uint32_t Tree::add(const Field& field, Bytes range, uint64_t number) {
  if (!wants(field)) return last_ = kUnwanted;
  Line& line = add(range);
  line.field = &renamed(field);
  line.number = number;
  return last_;
}

uint32_t Tree::add_text_value(const Field& field, Bytes range, std::string_view value) {
  if (!wants(field)) return last_ = kUnwanted;
  Line& line = add(range);
  line.field = &renamed(field);
  set_text_value(last_, value);
  return last_;
}

void Tree::set_text_value(uint32_t index, std::string_view value) {
  if (is_unwanted(index)) return;
  Line& line = lines_[index];
  line.has_text_value = true;
  line.value_at = static_cast<uint32_t>(texts_.size());
  line.value_size = static_cast<uint32_t>(value.size());
  texts_ += value;
}

uint32_t Tree::add_line(Bytes range) {
  if (set_ != nullptr) return last_ = kUnwanted;
  add(range);
  return last_;
}

void Tree::set_range(uint32_t index, Bytes range) {
  if (!is_unwanted(index)) place(lines_[index], range);
}

void Tree::begin_text(Line& line) {
  const auto end = static_cast<uint32_t>(texts_.size());
  if (line.text_size == 0) {
    line.text_at = end;
  } else if (line.text_at + line.text_size != end) {
    const std::string before(text_of(line));
    line.text_at = end;
    texts_ += before;
  }
}

}  // namespace tracedrop::dissect
