#include "export/tree_json.h"

#include <vector>

#include "dissect/protocol.h"
#include "dissect/tree_text.h"
#include "export/json.h"

namespace tracedrop::exporting {

namespace {

using dissect::Line;

class Writer {
 public:
  Writer(const dissect::Tree& tree, Json& json)
      : tree_(tree), json_(json), first_(tree.lines().size() + 1, kNone), last_(first_), next_(first_) {
    for (uint32_t i = 0; i < tree.lines().size(); ++i) {
      const Line& line = tree.lines()[i];
      if (line.is_hidden) continue;
      const size_t parent = line.parent == Line::kNone ? tree.lines().size() : line.parent;
      (first_[parent] == kNone ? first_[parent] : next_[last_[parent]]) = i;
      last_[parent] = i;
    }
  }

  void layers() {
    json_.begin_array();
    children(tree_.lines().size());
    json_.end_array();
  }

 private:
  static constexpr uint32_t kNone = UINT32_MAX;

  void children(size_t parent) {
    for (uint32_t i = first_[parent]; i != kNone; i = next_[i]) node(i);
  }
  static std::string_view name_of(const Line& line) {
    if (line.protocol != nullptr) return line.protocol->filter_name;
    return line.field == nullptr ? std::string_view{} : line.field->name;
  }
  void node(uint32_t i) {
    const Line& line = tree_.lines()[i];
    text_.clear();
    append_line_text(text_, tree_, line);
    json_.begin_object();
    json_.text("name", name_of(line));
    json_.text("text", text_);
    json_.count("pos", line.pos);
    json_.count("size", line.size);
    if (line.source != 0) json_.count("source", line.source);
    if (line.is_generated) json_.boolean("generated", true);
    if (first_[i] != kNone) {
      json_.begin_array("children");
      children(i);
      json_.end_array();
    }
    json_.end_object();
  }

  const dissect::Tree& tree_;
  Json& json_;
  std::vector<uint32_t> first_, last_, next_;
  std::string text_;
};

void write_sources(const dissect::Tree& tree, Json& json) {
  if (tree.sources().size() < 2) return;
  json.begin_array("sources");
  for (const dissect::Source& source : tree.sources()) {
    json.begin_object();
    json.text("name", source.name);
    json.count("size", source.size);
    json.end_object();
  }
  json.end_array();
}

}  // namespace

std::string tree_json(const dissect::Tree& tree, uint32_t number) {
  Json json;
  json.begin_object();
  json.count("number", number);
  json.key("layers");
  Writer(tree, json).layers();
  write_sources(tree, json);
  json.end_object();
  return json.take();
}

std::string layers_json(const dissect::Tree& tree) {
  Json json;
  Writer(tree, json).layers();
  return json.take();
}

}  // namespace tracedrop::exporting
