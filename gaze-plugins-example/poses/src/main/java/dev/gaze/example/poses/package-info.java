/**
 * A plugin of somebody else: it sees gaze-api alone. Its one class adds a category of assets; everything that
 * categories have follows from the declaration.
 */
package dev.gaze.example.poses;
