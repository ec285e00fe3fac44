/** How one piece of work ended, typed by what must happen next. */
package dev.twinbucket.outcome;
