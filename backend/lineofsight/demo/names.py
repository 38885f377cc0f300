"""Invented names of many origins. Any likeness to a real person is chance."""

from random import Random

GROUPS: tuple[tuple[str, str], ...] = (
    (
        "Abigail Brandon Carla Derek Elaine Garrett Holly Kendra Lorna Marcus Nadine Owen Paula "
        "Russell Tamsin Wade",
        "Ashdown Birchall Calloway Drummond Eastwick Fairbanks Grimsby Hathersage Inglewood "
        "Kitteridge Lockridge Merriweather Netherby Penhallow Quarles Ravensworth Stallworth "
        "Thornbury Underhill Wetherell",
    ),
    (
        "Alejandra Beatriz Camilo Dolores Esteban Graciela Ignacio Jimena Leandro Marisol Noemi "
        "Octavio Rocio Teodoro",
        "Arriaga Bustillos Carranza Delacruz Echeverria Figueroa Galarza Hinojosa Lizarraga Montalvo "
        "Ordaz Quintanilla Saldivar Tamayo Urrutia Villasenor Zaragoza",
    ),
    (
        "Adaeze Babatunde Chiamaka Ebele Folasade Ifeoma Kelechi Ngozi Obinna Temitope Uche Yetunde",
        "Adebayo Balogun Chukwuma Eze Folarin Igwe Nwachukwu Ogunleye Okonjo Onyekachi Sowande Uzoma",
    ),
    (
        "Aarav Bhavana Charu Deepak Geeta Harish Indira Jyoti Kavita Lalit Meenakshi Nikhil Pranav "
        "Revathi Suresh",
        "Agarwal Bhattacharya Chaudhari Deshpande Ganesan Iyengar Kulkarni Mahajan Nambiar "
        "Parthasarathy Raghavan Sivakumar Thakkar Venkataraman",
    ),
    (
        "Anh Bao Chi Duc Hanh Khanh Lan Minh Ngoc Phuong Quyen Thao Tuan Vinh",
        "Bui Dang Doan Duong Huynh Lam Luong Mai Ngo Nguyen Phan Tran Trinh Vo",
    ),
    (
        "Bo Chun Fang Guang Hui Jiayi Lihua Meiling Ning Ping Rui Shan Wenjing Xin Yan Zhen",
        "Bai Cai Deng Feng Gao Hsieh Jiang Kuo Liang Ouyang Peng Qian Shao Tsai Wei Yeh Zeng",
    ),
    (
        "Ali Bahar Dariush Farah Hamid Kamran Laleh Mina Navid Parisa Reza Shirin Taraneh Yasmin",
        "Ahmadi Bakhtiari Daneshvar Eftekhari Farrokh Golestani Hashemi Javadi Karimian Mokri Nazari "
        "Rostami Sadeghi Tavakoli",
    ),
    (
        "Amal Bilal Dalia Fadi Ghada Hisham Ibtisam Jamal Karima Layth Mounir Nadia Rania Samir Tariq",
        "Abboud Baroudi Daher Elias Fakhoury Ghanem Haddad Issawi Jabbour Khalaf Mansour Nassar "
        "Qabbani Sabbagh",
    ),
    (
        "Andrzej Bogna Dorota Grzegorz Halina Jacek Kasia Leszek Magda Piotr Renata Tomasz Wanda "
        "Zofia",
        "Bielak Czarnecki Dudek Gorski Jablonski Kaminski Lisowski Majewski Nowicki Ostrowski Pawlak "
        "Rudzki Sikora Wojcik",
    ),
    (
        "Aino Birgit Caspar Dagny Eero Frida Gunnar Henrike Ingrid Jorma Lennart Maren Nils Outi "
        "Sigrid Torben",
        "Aaltonen Bergstrom Dahlgren Eklund Fagerholm Gustavsen Hakala Isaksen Kivela Lindqvist "
        "Mikkelsen Nygaard Rasmussen Soderholm Thorsen Vestergaard",
    ),
    (
        "Akiko Daichi Emiko Haruto Isamu Kaori Makoto Naomi Ryota Sachiko Takumi Yuki",
        "Aoyama Fukuhara Hamasaki Ishikawa Kitagawa Matsuoka Nishimura Okubo Sakamoto Tachibana "
        "Uehara Yamashita",
    ),
    (
        "Byung Dahye Eunji Haneul Jiwoo Kyung Minseo Seojun Soyeon Yuna",
        "Ahn Baek Chae Gwak Hwang Jang Kwon Noh Ryu Seo Yoon",
    ),
    (
        "Alohi Fetu Iolana Kaimana Leilani Malia Noelani Sefo Talia Vai",
        "Fonoti Kahananui Kalani Leota Mahelona Nakoa Palakiko Tuiasosopo Tuilagi Vaifale",
    ),
    (
        "Ayana Bijou Darnell Denisha Jerome Keisha Lamont Monique Quincy Rashida Shanice Terrance "
        "Tyrell Yolanda",
        "Baptiste Boudreaux Charleston Dupree Fontenot Gaines Hightower Lattimore Mayfield Pettway "
        "Roundtree Singletary Thibodeaux Witherspoon",
    ),
    (
        "Alessia Bruno Chiara Dario Elena Fabrizio Giada Lorenzo Mirella Ornella Renzo Silvana",
        "Battaglini Caruana Donatelli Fiorentino Guarnieri Lombardini Marchetti Pellegrino Quaranta "
        "Santarelli Tavella Venturini",
    ),
    (
        "Aiyana Chenoa Dakota Dyani Kaya Koda Nita Sequoia Takoda Winona",
        "Begaye Clearwater Greyeyes Littlefeather Manygoats Redhawk Tsosie Whitebird Yazzie",
    ),
    (
        "Abdi Asha Fartun Hodan Idil Liban Mahad Sagal Warsame Zahra",
        "Abshir Duale Farah Guled Hersi Jama Mohamud Osman Samatar Warfa",
    ),
    (
        "Almaz Bereket Dawit Eyerus Fikru Hiwot Kidist Meseret Selam Tewodros",
        "Abebe Alemu Bekele Demissie Girma Kebede Lemma Mengistu Tadesse Worku",
    ),
)


def invent_names(rng: Random, count: int, taken: set[str]) -> list[str]:
    """`count` different full names, none of `taken`; two in three keep to one origin."""
    groups = [(first.split(), last.split()) for first, last in GROUPS]
    found: list[str] = []
    used = set(taken)
    while len(found) < count:
        first, last = rng.choice(groups)
        if rng.random() < 0.33:
            last = rng.choice(groups)[1]
        name = f"{rng.choice(first)} {rng.choice(last)}"
        if name in used:
            name = f"{name.split(' ')[0]} {rng.choice('ABCDEFGHJKLMNPRSTVW')}. {name.split(' ')[1]}"
            if name in used or len(used) < 1_500:
                continue
        used.add(name)
        found.append(name)
    return found


def email_of(name: str, used: set[str]) -> str:
    """first.last@kestrel.example, with a number from the second of the same name on."""
    local = name.lower().replace(". ", " ").replace(" ", ".")
    email, number = f"{local}@kestrel.example", 2
    while email in used:
        email, number = f"{local}{number}@kestrel.example", number + 1
    used.add(email)
    return email
