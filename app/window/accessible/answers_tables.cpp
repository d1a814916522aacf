// What is asked of tables.
#include <algorithm>

#include "window/accessible/answers.h"

namespace sipdex::window::accessible {

std::vector<const Node*> Answers::cells_of(const Node& table) const {
    std::vector<const Node*> cells;
    for (const Node* row : children(&table)) {
        if (is_cell(row->role)) cells.push_back(row);
        for (const Node* cell : children(row))
            if (is_cell(cell->role)) cells.push_back(cell);
    }
    return cells;
}

const Node* Answers::table_of(const Node& cell) const {
    for (const Node* at = parent(cell); at; at = parent(*at))
        if (at->role == Role::table) return at;
    return nullptr;
}

const Node* Answers::cell_at(const Node& table, int row, int column) const {
    for (const Node* cell : cells_of(table))
        if (cell->row == row && cell->column == column) return cell;
    return nullptr;
}

GVariant* Answers::table(const Node& node, const std::string& method, GVariant* given) const {
    int row = 0, column = 0;
    const auto at = [&](int r, int c) {
        const Node* cell = cell_at(node, r, c);
        return in_tuple(cell ? reference(cell) : nobody());
    };
    if (method == "GetAccessibleAt") {
        g_variant_get(given, "(ii)", &row, &column);
        return at(row, column);
    }
    if (method == "GetIndexAt") {
        g_variant_get(given, "(ii)", &row, &column);
        return number(row * node.columns + column);
    }
    if (method == "GetRowExtentAt" || method == "GetColumnExtentAt") return number(1);
    if (method == "IsSelected" || method == "IsRowSelected" || method == "IsColumnSelected") return yes_or_no(false);
    if (method == "GetSelectedRows" || method == "GetSelectedColumns")
        return in_tuple(g_variant_new_array(G_VARIANT_TYPE_INT32, nullptr, 0));
    int index = 0;
    g_variant_get(given, "(i)", &index);
    const int columns = std::max(1, node.columns);
    if (method == "GetRowAtIndex") return number(index / columns);
    if (method == "GetColumnAtIndex") return number(index % columns);
    const auto header = [&](int r, int c, Role role) {
        const Node* cell = cell_at(node, r, c);
        return cell && cell->role == role ? cell : nullptr;
    };
    const Node* head = method == "GetRowHeader" || method == "GetRowDescription"
                           ? header(index, 0, Role::table_row_header)
                           : header(0, index, Role::table_column_header);
    if (method == "GetRowHeader" || method == "GetColumnHeader") return in_tuple(head ? reference(head) : nobody());
    if (method == "GetRowDescription" || method == "GetColumnDescription")
        return g_variant_new("(s)", head ? head->name.c_str() : "");
    if (method == "GetRowColumnExtentsAtIndex")
        return g_variant_new("(biiiib)", TRUE, index / columns, index % columns, 1, 1, FALSE);
    return nullptr;
}

GVariant* Answers::table_cell(const Node& node, const std::string& method) const {
    if (method == "GetRowColumnSpan") return g_variant_new("(biiii)", TRUE, node.row, node.column, 1, 1);
    const Node* table = table_of(node);
    std::vector<const Node*> heads;
    const bool of_row = method == "GetRowHeaderCells";
    if (const Node* head = !table ? nullptr : of_row ? cell_at(*table, node.row, 0) : cell_at(*table, 0, node.column))
        if (head != &node && head->role == (of_row ? Role::table_row_header : Role::table_column_header))
            heads.push_back(head);
    return in_tuple(references(heads));
}

}  // namespace sipdex::window::accessible
