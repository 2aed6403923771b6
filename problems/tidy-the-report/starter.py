def repair_report(entries: list[str]) -> list[str]:
    """One line for each kind of thing in alphabetical order, and a line with the total."""
    out = []
    a = 0  # bikes
    a2 = 0
    a3 = 0
    b = 0  # lamps
    b2 = 0
    b3 = 0
    c = 0  # radios
    c2 = 0
    c3 = 0
    i = 0
    while i < len(entries):
        x = entries[i].split(";")
        if x[0] == "bike":
            a = a + 1
            a2 = a2 + int(x[1])
            if (x[2] == "yes") == True:
                a3 = a3 + 1
            else:
                a3 = a3
        if x[0] == "lamp":
            b = b + 1
            b2 = b2 + int(x[1])
            if (x[2] == "yes") == True:
                b3 = b3 + 1
            else:
                b3 = b3
        if x[0] == "radio":
            c = c + 1
            c2 = c2 + int(x[1])
            if (x[2] == "yes") == True:
                c3 = c3 + 1
            else:
                c3 = c3
        i = i + 1
    if a > 0:
        if a2 == 1:
            out.append("bike: " + str(a3) + " of " + str(a) + " fixed, " + str(a2) + " minute")
        else:
            out.append("bike: " + str(a3) + " of " + str(a) + " fixed, " + str(a2) + " minutes")
    if b > 0:
        if b2 == 1:
            out.append("lamp: " + str(b3) + " of " + str(b) + " fixed, " + str(b2) + " minute")
        else:
            out.append("lamp: " + str(b3) + " of " + str(b) + " fixed, " + str(b2) + " minutes")
    if c > 0:
        if c2 == 1:
            out.append("radio: " + str(c3) + " of " + str(c) + " fixed, " + str(c2) + " minute")
        else:
            out.append("radio: " + str(c3) + " of " + str(c) + " fixed, " + str(c2) + " minutes")
    if a2 + b2 + c2 == 1:
        out.append("total: " + str(a3 + b3 + c3) + " of " + str(a + b + c) + " fixed, " + str(a2 + b2 + c2) + " minute")
    else:
        out.append("total: " + str(a3 + b3 + c3) + " of " + str(a + b + c) + " fixed, " + str(a2 + b2 + c2) + " minutes")
    return out
