"""Where an address lies: geopy geocoders of Baidu and Tianditu, and an offline gazetteer."""
