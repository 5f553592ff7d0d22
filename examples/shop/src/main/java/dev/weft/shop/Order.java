package dev.weft.shop;

import java.util.List;

/**
 * An answer.
 *
 * @param id of the order
 * @param item by the database
 * @param customer by the database
 * @param seen the context in each part: in the tasks, and at the suppliers
 */
record Order(int id, String item, String customer, List<Seen> seen) {}
