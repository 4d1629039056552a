/** The fault suite: whole libraries, real servers, real processes, and everything that can go wrong between them. */
package dev.gaze.example.faults;
