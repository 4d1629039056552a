/** What holds for the project as a whole: its documents, its jars, its build. */
package dev.gaze.example.project;
