/**
 * One line for each kind of thing in alphabetical order, and a line with the total.
 * @param {string[]} entries
 * @returns {string[]}
 */
function repairReport(entries) {
  var out = [];
  var a = 0; // bikes
  var a2 = 0;
  var a3 = 0;
  var b = 0; // lamps
  var b2 = 0;
  var b3 = 0;
  var c = 0; // radios
  var c2 = 0;
  var c3 = 0;
  for (var i = 0; i < entries.length; i = i + 1) {
    var x = entries[i].split(';');
    if (x[0] == 'bike') {
      a = a + 1;
      a2 = a2 + parseInt(x[1]);
      if ((x[2] == 'yes') == true) {
        a3 = a3 + 1;
      } else {
        a3 = a3;
      }
    }
    if (x[0] == 'lamp') {
      b = b + 1;
      b2 = b2 + parseInt(x[1]);
      if ((x[2] == 'yes') == true) {
        b3 = b3 + 1;
      } else {
        b3 = b3;
      }
    }
    if (x[0] == 'radio') {
      c = c + 1;
      c2 = c2 + parseInt(x[1]);
      if ((x[2] == 'yes') == true) {
        c3 = c3 + 1;
      } else {
        c3 = c3;
      }
    }
  }
  if (a > 0) {
    if (a2 == 1) {
      out.push('bike: ' + a3 + ' of ' + a + ' fixed, ' + a2 + ' minute');
    } else {
      out.push('bike: ' + a3 + ' of ' + a + ' fixed, ' + a2 + ' minutes');
    }
  }
  if (b > 0) {
    if (b2 == 1) {
      out.push('lamp: ' + b3 + ' of ' + b + ' fixed, ' + b2 + ' minute');
    } else {
      out.push('lamp: ' + b3 + ' of ' + b + ' fixed, ' + b2 + ' minutes');
    }
  }
  if (c > 0) {
    if (c2 == 1) {
      out.push('radio: ' + c3 + ' of ' + c + ' fixed, ' + c2 + ' minute');
    } else {
      out.push('radio: ' + c3 + ' of ' + c + ' fixed, ' + c2 + ' minutes');
    }
  }
  if (a2 + b2 + c2 == 1) {
    out.push('total: ' + (a3 + b3 + c3) + ' of ' + (a + b + c) + ' fixed, ' + (a2 + b2 + c2) + ' minute');
  } else {
    out.push('total: ' + (a3 + b3 + c3) + ' of ' + (a + b + c) + ' fixed, ' + (a2 + b2 + c2) + ' minutes');
  }
  return out;
}
