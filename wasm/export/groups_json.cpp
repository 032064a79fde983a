#include "export/groups_json.h"

#include "base/text.h"
#include "export/json.h"
#include "export/statistics_json.h"

namespace tracedrop::exporting {

namespace {

void write_statistics(Json& json, std::string_view name, const std::optional<analysis::Statistics>& statistics) {
  if (!statistics) return;
  json.begin_object(name);
  write_statistics(json, *statistics);
  json.end_object();
}

void write_bytes(Json& json, const analysis::Groups& groups, uint64_t bytes) {
  if (groups.knows_sizes) {
    json.count("bytes", bytes);
  } else {
    json.null("bytes");
  }
}

}  // namespace

std::string groups_json(const analysis::Groups& groups) {
  Json json;
  json.begin_array();
  for (const analysis::Group& group : groups.top) {
    json.begin_object();
    json.text("name", group.label);
    json.count("packets", group.packets);
    write_bytes(json, groups, group.bytes);
    write_statistics(json, "size", group.size);
    write_statistics(json, "interarrival", group.interarrival);
    json.end_object();
  }
  if (groups.other_groups > 0) {
    std::string name;
    append_number(name, groups.other_groups);
    name += " others";
    json.begin_object();
    json.text("name", name);
    json.count("packets", groups.other_packets);
    write_bytes(json, groups, groups.other_bytes);
    json.boolean("rest", true);
    json.end_object();
  }
  json.end_array();
  return json.take();
}

}  // namespace tracedrop::exporting
