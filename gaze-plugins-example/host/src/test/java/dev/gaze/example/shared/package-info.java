/** A library that several processes share. */
package dev.gaze.example.shared;
