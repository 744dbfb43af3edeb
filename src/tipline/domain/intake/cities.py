"""Cities at prefecture level: first four digits of the GB/T 2260 code, names, and area codes.

One entry is ``1301 Shijiazhuang 石家庄市 311``; ``-`` stands where a city has no area code. The
municipalities have none below them; their own codes stand with the provinces.
"""

import re
from collections.abc import Mapping

from msgspec import Struct

_TABLE = """
1301 Shijiazhuang 石家庄市 311; 1302 Tangshan 唐山市 315; 1303 Qinhuangdao 秦皇岛市 335; 1304 Handan 邯郸市 310;
1305 Xingtai 邢台市 319; 1306 Baoding 保定市 312; 1307 Zhangjiakou 张家口市 313; 1308 Chengde 承德市 314;
1309 Cangzhou 沧州市 317; 1310 Langfang 廊坊市 316; 1311 Hengshui 衡水市 318;
1401 Taiyuan 太原市 351; 1402 Datong 大同市 352; 1403 Yangquan 阳泉市 353; 1404 Changzhi 长治市 355;
1405 Jincheng 晋城市 356; 1406 Shuozhou 朔州市 349; 1407 Jinzhong 晋中市 354; 1408 Yuncheng 运城市 359;
1409 Xinzhou 忻州市 350; 1410 Linfen 临汾市 357; 1411 Lüliang 吕梁市 358;
1501 Hohhot 呼和浩特市 471; 1502 Baotou 包头市 472; 1503 Wuhai 乌海市 473; 1504 Chifeng 赤峰市 476;
1505 Tongliao 通辽市 475; 1506 Ordos 鄂尔多斯市 477; 1507 Hulunbuir 呼伦贝尔市 470; 1508 Bayannur 巴彦淖尔市 478;
1509 Ulanqab 乌兰察布市 474; 1522 Hinggan 兴安盟 482; 1525 Xilingol 锡林郭勒盟 479; 1529 Alxa 阿拉善盟 483;
2101 Shenyang 沈阳市 24; 2102 Dalian 大连市 411; 2103 Anshan 鞍山市 412; 2104 Fushun 抚顺市 24,413;
2105 Benxi 本溪市 24,414; 2106 Dandong 丹东市 415; 2107 Jinzhou 锦州市 416; 2108 Yingkou 营口市 417;
2109 Fuxin 阜新市 418; 2110 Liaoyang 辽阳市 419; 2111 Panjin 盘锦市 427; 2112 Tieling 铁岭市 24,410;
2113 Chaoyang 朝阳市 421; 2114 Huludao 葫芦岛市 429;
2201 Changchun 长春市 431; 2202 Jilin City 吉林市 432; 2203 Siping 四平市 434; 2204 Liaoyuan 辽源市 437;
2205 Tonghua 通化市 435,448; 2206 Baishan 白山市 439; 2207 Songyuan 松原市 438; 2208 Baicheng 白城市 436;
2224 Yanbian 延边朝鲜族自治州 433,440;
2301 Harbin 哈尔滨市 451; 2302 Qiqihar 齐齐哈尔市 452; 2303 Jixi 鸡西市 467; 2304 Hegang 鹤岗市 468;
2305 Shuangyashan 双鸭山市 469; 2306 Daqing 大庆市 459; 2307 Yichun 伊春市 458; 2308 Jiamusi 佳木斯市 454;
2309 Qitaihe 七台河市 464; 2310 Mudanjiang 牡丹江市 453; 2311 Heihe 黑河市 456; 2312 Suihua 绥化市 455;
2327 Daxing'anling 大兴安岭地区 457;
3201 Nanjing 南京市 25; 3202 Wuxi 无锡市 510; 3203 Xuzhou 徐州市 516; 3204 Changzhou 常州市 519;
3205 Suzhou 苏州市 512; 3206 Nantong 南通市 513; 3207 Lianyungang 连云港市 518; 3208 Huai'an 淮安市 517;
3209 Yancheng 盐城市 515; 3210 Yangzhou 扬州市 514; 3211 Zhenjiang 镇江市 511; 3212 Taizhou 泰州市 523;
3213 Suqian 宿迁市 527;
3301 Hangzhou 杭州市 571; 3302 Ningbo 宁波市 574; 3303 Wenzhou 温州市 577; 3304 Jiaxing 嘉兴市 573;
3305 Huzhou 湖州市 572; 3306 Shaoxing 绍兴市 575; 3307 Jinhua 金华市 579; 3308 Quzhou 衢州市 570;
3309 Zhoushan 舟山市 580; 3310 Taizhou 台州市 576; 3311 Lishui 丽水市 578;
3401 Hefei 合肥市 551,565; 3402 Wuhu 芜湖市 553; 3403 Bengbu 蚌埠市 552; 3404 Huainan 淮南市 554;
3405 Ma'anshan 马鞍山市 555; 3406 Huaibei 淮北市 561; 3407 Tongling 铜陵市 562; 3408 Anqing 安庆市 556;
3410 Huangshan 黄山市 559; 3411 Chuzhou 滁州市 550; 3412 Fuyang 阜阳市 558; 3413 Suzhou 宿州市 557;
3415 Lu'an 六安市 564; 3416 Bozhou 亳州市 558; 3417 Chizhou 池州市 566; 3418 Xuancheng 宣城市 563;
3501 Fuzhou 福州市 591; 3502 Xiamen 厦门市 592; 3503 Putian 莆田市 594; 3504 Sanming 三明市 598;
3505 Quanzhou 泉州市 595; 3506 Zhangzhou 漳州市 596; 3507 Nanping 南平市 599; 3508 Longyan 龙岩市 597;
3509 Ningde 宁德市 593;
3601 Nanchang 南昌市 791; 3602 Jingdezhen 景德镇市 798; 3603 Pingxiang 萍乡市 799; 3604 Jiujiang 九江市 792;
3605 Xinyu 新余市 790; 3606 Yingtan 鹰潭市 701; 3607 Ganzhou 赣州市 797; 3608 Ji'an 吉安市 796;
3609 Yichun 宜春市 795; 3610 Fuzhou 抚州市 794; 3611 Shangrao 上饶市 793;
3701 Jinan 济南市 531,634; 3702 Qingdao 青岛市 532; 3703 Zibo 淄博市 533; 3704 Zaozhuang 枣庄市 632;
3705 Dongying 东营市 546; 3706 Yantai 烟台市 535; 3707 Weifang 潍坊市 536; 3708 Jining 济宁市 537;
3709 Tai'an 泰安市 538; 3710 Weihai 威海市 631; 3711 Rizhao 日照市 633; 3713 Linyi 临沂市 539;
3714 Dezhou 德州市 534; 3715 Liaocheng 聊城市 635; 3716 Binzhou 滨州市 543; 3717 Heze 菏泽市 530;
4101 Zhengzhou 郑州市 371; 4102 Kaifeng 开封市 371,378; 4103 Luoyang 洛阳市 379; 4104 Pingdingshan 平顶山市 375;
4105 Anyang 安阳市 372; 4106 Hebi 鹤壁市 392; 4107 Xinxiang 新乡市 373; 4108 Jiaozuo 焦作市 391;
4109 Puyang 濮阳市 393; 4110 Xuchang 许昌市 374; 4111 Luohe 漯河市 395; 4112 Sanmenxia 三门峡市 398;
4113 Nanyang 南阳市 377; 4114 Shangqiu 商丘市 370; 4115 Xinyang 信阳市 376; 4116 Zhoukou 周口市 394;
4117 Zhumadian 驻马店市 396; 4190 Jiyuan and other cities under the province 省直辖县级行政区划 391;
4201 Wuhan 武汉市 27; 4202 Huangshi 黄石市 714; 4203 Shiyan 十堰市 719; 4205 Yichang 宜昌市 717;
4206 Xiangyang 襄阳市 710; 4207 Ezhou 鄂州市 711; 4208 Jingmen 荆门市 724; 4209 Xiaogan 孝感市 712;
4210 Jingzhou 荆州市 716; 4211 Huanggang 黄冈市 713; 4212 Xianning 咸宁市 715; 4213 Suizhou 随州市 722;
4228 Enshi 恩施土家族苗族自治州 718; 4290 Xiantao and other cities under the province 省直辖县级行政区划 728;
4301 Changsha 长沙市 731; 4302 Zhuzhou 株洲市 731,733; 4303 Xiangtan 湘潭市 731,732; 4304 Hengyang 衡阳市 734;
4305 Shaoyang 邵阳市 739; 4306 Yueyang 岳阳市 730; 4307 Changde 常德市 736; 4308 Zhangjiajie 张家界市 744;
4309 Yiyang 益阳市 737; 4310 Chenzhou 郴州市 735; 4311 Yongzhou 永州市 746; 4312 Huaihua 怀化市 745;
4313 Loudi 娄底市 738; 4331 Xiangxi 湘西土家族苗族自治州 743;
4401 Guangzhou 广州市 20; 4402 Shaoguan 韶关市 751; 4403 Shenzhen 深圳市 755; 4404 Zhuhai 珠海市 756;
4405 Shantou 汕头市 754; 4406 Foshan 佛山市 757; 4407 Jiangmen 江门市 750; 4408 Zhanjiang 湛江市 759;
4409 Maoming 茂名市 668; 4412 Zhaoqing 肇庆市 758; 4413 Huizhou 惠州市 752; 4414 Meizhou 梅州市 753;
4415 Shanwei 汕尾市 660; 4416 Heyuan 河源市 762; 4417 Yangjiang 阳江市 662; 4418 Qingyuan 清远市 763;
4419 Dongguan 东莞市 769; 4420 Zhongshan 中山市 760; 4451 Chaozhou 潮州市 768; 4452 Jieyang 揭阳市 663;
4453 Yunfu 云浮市 766;
4501 Nanning 南宁市 771; 4502 Liuzhou 柳州市 772; 4503 Guilin 桂林市 773; 4504 Wuzhou 梧州市 774;
4505 Beihai 北海市 779; 4506 Fangchenggang 防城港市 770; 4507 Qinzhou 钦州市 777; 4508 Guigang 贵港市 775;
4509 Yulin 玉林市 775; 4510 Baise 百色市 776; 4511 Hezhou 贺州市 774; 4512 Hechi 河池市 778;
4513 Laibin 来宾市 772; 4514 Chongzuo 崇左市 771;
4601 Haikou 海口市 898; 4602 Sanya 三亚市 898,899; 4603 Sansha 三沙市 898; 4604 Danzhou 儋州市 898,890;
4690 Wuzhishan and other cities under the province 省直辖县级行政区划 898;
5101 Chengdu 成都市 28; 5103 Zigong 自贡市 813; 5104 Panzhihua 攀枝花市 812; 5105 Luzhou 泸州市 830;
5106 Deyang 德阳市 838; 5107 Mianyang 绵阳市 816; 5108 Guangyuan 广元市 839; 5109 Suining 遂宁市 825;
5110 Neijiang 内江市 832; 5111 Leshan 乐山市 833; 5113 Nanchong 南充市 817; 5114 Meishan 眉山市 28;
5115 Yibin 宜宾市 831; 5116 Guang'an 广安市 826; 5117 Dazhou 达州市 818; 5118 Ya'an 雅安市 835;
5119 Bazhong 巴中市 827; 5120 Ziyang 资阳市 28; 5132 Aba 阿坝藏族羌族自治州 837; 5133 Garze 甘孜藏族自治州 836;
5134 Liangshan 凉山彝族自治州 834;
5201 Guiyang 贵阳市 851; 5202 Liupanshui 六盘水市 858; 5203 Zunyi 遵义市 851,852; 5204 Anshun 安顺市 851,853;
5205 Bijie 毕节市 857; 5206 Tongren 铜仁市 856; 5223 Qianxinan 黔西南布依族苗族自治州 859;
5226 Qiandongnan 黔东南苗族侗族自治州 855; 5227 Qiannan 黔南布依族苗族自治州 854;
5301 Kunming 昆明市 871; 5303 Qujing 曲靖市 874; 5304 Yuxi 玉溪市 877; 5305 Baoshan 保山市 875;
5306 Zhaotong 昭通市 870; 5307 Lijiang 丽江市 888; 5308 Pu'er 普洱市 879; 5309 Lincang 临沧市 883;
5323 Chuxiong 楚雄彝族自治州 878; 5325 Honghe 红河哈尼族彝族自治州 873; 5326 Wenshan 文山壮族苗族自治州 876;
5328 Xishuangbanna 西双版纳傣族自治州 691; 5329 Dali 大理白族自治州 872; 5331 Dehong 德宏傣族景颇族自治州 692;
5333 Nujiang 怒江傈僳族自治州 886; 5334 Deqen 迪庆藏族自治州 887;
5401 Lhasa 拉萨市 891; 5402 Xigazê 日喀则市 892; 5403 Qamdo 昌都市 895; 5404 Nyingchi 林芝市 894;
5405 Shannan 山南市 893; 5406 Nagqu 那曲市 896; 5425 Ngari 阿里地区 897;
6101 Xi'an 西安市 29; 6102 Tongchuan 铜川市 919; 6103 Baoji 宝鸡市 917; 6104 Xianyang 咸阳市 29,910;
6105 Weinan 渭南市 913; 6106 Yan'an 延安市 911; 6107 Hanzhong 汉中市 916; 6108 Yulin 榆林市 912;
6109 Ankang 安康市 915; 6110 Shangluo 商洛市 914;
6201 Lanzhou 兰州市 931; 6202 Jiayuguan 嘉峪关市 937; 6203 Jinchang 金昌市 935; 6204 Baiyin 白银市 943;
6205 Tianshui 天水市 938; 6206 Wuwei 武威市 935; 6207 Zhangye 张掖市 936; 6208 Pingliang 平凉市 933;
6209 Jiuquan 酒泉市 937; 6210 Qingyang 庆阳市 934; 6211 Dingxi 定西市 932; 6212 Longnan 陇南市 939;
6229 Linxia 临夏回族自治州 930; 6230 Gannan 甘南藏族自治州 941;
6301 Xining 西宁市 971; 6302 Haidong 海东市 972; 6322 Haibei 海北藏族自治州 970; 6323 Huangnan 黄南藏族自治州 973;
6325 Hainan Prefecture 海南藏族自治州 974; 6326 Golog 果洛藏族自治州 975; 6327 Yushu 玉树藏族自治州 976;
6328 Haixi 海西蒙古族藏族自治州 977,979;
6401 Yinchuan 银川市 951; 6402 Shizuishan 石嘴山市 952; 6403 Wuzhong 吴忠市 953; 6404 Guyuan 固原市 954;
6405 Zhongwei 中卫市 955;
6501 Urumqi 乌鲁木齐市 991; 6502 Karamay 克拉玛依市 990,992; 6504 Turpan 吐鲁番市 995; 6505 Hami 哈密市 902;
6523 Changji 昌吉回族自治州 994; 6527 Bortala 博尔塔拉蒙古自治州 909; 6528 Bayingolin 巴音郭楞蒙古自治州 996;
6529 Aksu 阿克苏地区 997; 6530 Kizilsu 克孜勒苏柯尔克孜自治州 908; 6531 Kashgar 喀什地区 998; 6532 Hotan 和田地区 903;
6540 Ili 伊犁哈萨克自治州 999,992; 6542 Tacheng 塔城地区 901; 6543 Altay 阿勒泰地区 906;
6590 Shihezi and other cities under the region 自治区直辖县级行政区划 993
"""

_ENTRY = re.compile(r"(\d{4}) ([^\d;]+?) (\S+) ([\d,]+|-)")


class City(Struct, frozen=True):
    """A city, prefecture or league; ``area_codes`` without the leading zero."""

    code: str
    english: str
    chinese: str
    area_codes: tuple[str, ...]


def _read_entry(entry: str) -> City:
    read = _ENTRY.fullmatch(entry.strip())
    if read is None:
        raise ValueError(entry)
    areas = () if read[4] == "-" else tuple(read[4].split(","))
    return City(f"{read[1]}00", read[2], read[3], areas)


CITIES: Mapping[str, City] = {
    city.code: city for city in map(_read_entry, _TABLE.strip().replace("\n", " ").split(";"))
}
