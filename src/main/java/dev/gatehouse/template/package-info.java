/**
 * Deployment templates (config-model.md section 2): a tree with expressions in, a tree without them out. Values that
 * cannot be known here travel on as {@link dev.gatehouse.document.OpenNode}, each with what would close it. Every
 * evaluation is bounded in depth, steps and size, so that no file can hang the reader.
 */
@NullMarked
package dev.gatehouse.template;

import org.jspecify.annotations.NullMarked;
